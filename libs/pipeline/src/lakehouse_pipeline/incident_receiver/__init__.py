"""A small server that DQOps tells of its incidents: it writes them into the ledger, and passes all incidents on to a webhook."""
