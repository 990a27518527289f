from __future__ import annotations

from lakehouse_pipeline.settings import secret, setting


def ledger_address() -> dict[str, str]:
    """Where the platform's ledger is and how to get in, for the client library. Raises LakehouseError LH2111 where a setting is missing."""
    return {
        "host": setting("LAKEHOUSE_LEDGER_HOST"),
        "port": setting("LAKEHOUSE_LEDGER_PORT", "5432"),
        "user": "lakehouse",
        "dbname": "lakehouse",
        "password": secret("LAKEHOUSE_LEDGER_PASSWORD_FILE", "/run/secrets/postgres-lakehouse"),
    }
