"""What DAGs, tasks, pools and runs are called."""

from __future__ import annotations

import hashlib
from datetime import datetime, timezone

POOL_SLOTS = 8
"""Slots of a domain's pool. Tasks that work beside others take one, those that work alone take all."""

MAINTENANCE = "lakehouse__maintenance"


def ingest_id(domain: str, source: str) -> str:
    return f"{domain}__ingest__{source}"


def dag_id(domain: str, kind: str) -> str:
    return f"{domain}__{kind}"


def pool_of(domain: str) -> str:
    return f"domain_{domain}"


def task_name(table: str) -> str:
    """`silver.flights` → `flights`: within a DAG all tables of one layer differ by this."""
    return table.split(".", 1)[1]


def owner_of(dag: str, run: str) -> str:
    """In whose name the tasks of a DAG run hold the domain's lease."""
    return f"airflow {dag} {run}"


def ledger_run(dag: str, run: str, due: datetime) -> str:
    """The id in the ledger that the tasks of a DAG run share, in the form that runs of the command line have."""
    digest = hashlib.sha256(f"{dag}/{run}".encode()).hexdigest()[:6]
    return f"{due.astimezone(timezone.utc):%Y%m%d-%H%M%S}-{digest}"
