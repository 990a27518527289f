"""The quality gate: what DQOps says of a table, and whether it can be believed."""
