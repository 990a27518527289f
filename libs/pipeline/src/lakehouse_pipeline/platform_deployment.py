from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast

from pyspark.sql import SparkSession

from lakehouse_pipeline.applied_plan import read_applied_plan
from lakehouse_pipeline.catalog import Catalog
from lakehouse_pipeline.connect_session import QueryServer, end_session, open_session
from lakehouse_pipeline.connections import connection_url
from lakehouse_pipeline.events import print_event
from lakehouse_pipeline.gate.client import DqopsClient
from lakehouse_pipeline.gate.dqops_gate import DqopsGate
from lakehouse_pipeline.gate.gate import Gate, NoGate
from lakehouse_pipeline.held import Holder
from lakehouse_pipeline.leases import Leases, lease_schema
from lakehouse_pipeline.ledger import Ledger, ledger_schema
from lakehouse_pipeline.ledger_address import ledger_address
from lakehouse_pipeline.metastore import Metastore
from lakehouse_pipeline.object_store import SCHEME
from lakehouse_pipeline.plan_file import read_plan
from lakehouse_pipeline.postgresql_database import PostgresqlDatabase
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.progress import progress_handler
from lakehouse_pipeline.schema.plan import Plan
from lakehouse_pipeline.session import QUERY_SETTINGS, extra_settings
from lakehouse_pipeline.settings import secret, setting
from lakehouse_pipeline.task import Task
from lakehouse_pipeline.warehouse import Warehouse

MIB = 1024 * 1024
_SESSIONS = uuid.UUID("6f1f5a0e-0e0c-5b86-9d0b-5d6b4f3f7a52")


class PlatformDeployment:
    """The lakehouse on the platform: Spark behind Spark Connect, tables in the object store, ledger and leases in PostgreSQL."""

    def __init__(self, owner: str | None, keep_seconds: float) -> None:
        """`owner`: for whom a domain's lease is kept after the run, for `keep_seconds`, so that its next task finds it."""
        self._owner = owner
        self._keep_seconds = keep_seconds
        self._work = ""
        self._session: SparkSession | None = None
        self._session_id = ""
        database = PostgresqlDatabase(ledger_address(), ledger_schema() + lease_schema())
        self._leases = Leases(database, lambda session: end_session(_query_server(), session))
        self.warehouse = Warehouse(f"{SCHEME}{setting('LAKEHOUSE_BUCKET_PREFIX', '')}")
        self.ledger = Ledger(database)
        self.catalog: Catalog = Metastore(database, int(setting("LAKEHOUSE_GOLD_IN_MEMORY", "0")) * MIB)
        self.gate: Gate = _gate()

    def read_plan(self, path: str | None, plan_hash: str | None = None) -> Plan:
        return read_plan(path) if path is not None else read_applied_plan(self.warehouse, plan_hash)

    def connection_url(self, name: str) -> str:
        return connection_url(name)

    def start_spark(self, run: str, is_brief: Callable[[], bool]) -> SparkSession:  # noqa: ARG002
        self._session_id = str(uuid.uuid5(_SESSIONS, f"{run}/{self._work}"))
        self._leases.record_session(self._session_id)
        self._session = open_session(_query_server(), self._session_id, {**QUERY_SETTINGS, **extra_settings()})
        cast("Any", self._session).registerProgressHandler(progress_handler(print_event))
        return self._session

    def interrupt_spark(self) -> None:
        if self._session is not None:
            self._session.interruptAll()

    @contextmanager
    def hold(self, domain: str, run: str, task: Task | None = None) -> Iterator[None]:
        with self._leases.hold(domain, run, self._owner, self._keep_seconds, task) as fence:
            # The fencing number tells one attempt at a piece of work from the next.
            self._work += f"/{task.name if task else domain}/{fence}"
            try:
                yield
            finally:
                self._end_session()

    def is_alone(self, domain: str) -> bool:
        return self._leases.is_alone(domain)

    def holder(self, domain: str) -> Holder | None:
        return self._leases.holder(domain)

    def staying(self) -> dict[str, object] | None:
        return None

    def close(self) -> None:
        self._end_session()
        self.ledger.close()

    def _end_session(self) -> None:
        """Nothing of ours runs on when the next one takes the lease, which would end it itself where we could not."""
        if self._session is not None:
            session, self._session = self._session, None
            with suppress(LakehouseError):
                end_session(_query_server(), self._session_id)
                self._leases.forget_session(self._session_id)
            session.stop()


def _gate() -> Gate:
    """DQOps where the platform has it."""
    url = setting("LAKEHOUSE_DQOPS", "off")
    return DqopsGate(DqopsClient(url)) if url != "off" else NoGate("by the contract alone, without DQOps")


def _query_server() -> QueryServer:
    return QueryServer(setting("LAKEHOUSE_CONNECT"), secret("LAKEHOUSE_CONNECT_TOKEN_FILE", "/run/secrets/connect-token"))
