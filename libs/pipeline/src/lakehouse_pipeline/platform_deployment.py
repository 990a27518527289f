from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from pyspark.sql import SparkSession

from lakehouse_pipeline.applied_plan import read_applied_plan
from lakehouse_pipeline.catalog import Catalog
from lakehouse_pipeline.connect_session import QueryServer, end_session, open_session
from lakehouse_pipeline.connections import connection_url
from lakehouse_pipeline.held import Holder
from lakehouse_pipeline.leases import Leases, lease_schema
from lakehouse_pipeline.ledger import Ledger, ledger_schema
from lakehouse_pipeline.metastore import Metastore
from lakehouse_pipeline.object_store import SCHEME
from lakehouse_pipeline.plan_file import read_plan
from lakehouse_pipeline.postgresql_database import PostgresqlDatabase
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import Plan
from lakehouse_pipeline.session import QUERY_SETTINGS, extra_settings
from lakehouse_pipeline.settings import secret, setting
from lakehouse_pipeline.warehouse import Warehouse

_SESSIONS = uuid.UUID("6f1f5a0e-0e0c-5b86-9d0b-5d6b4f3f7a52")


class PlatformDeployment:
    """The lakehouse on the platform: Spark behind Spark Connect, tables in the object store, ledger and leases in PostgreSQL."""

    def __init__(self, owner: str | None, keep_seconds: float) -> None:
        """`owner`: for whom a domain's lease is kept after the run, for `keep_seconds`, so that its next task finds it."""
        self._owner = owner
        self._keep_seconds = keep_seconds
        self._attempt = 0
        self._session: SparkSession | None = None
        self._session_id = ""
        database = PostgresqlDatabase(_ledger_address(), ledger_schema() + lease_schema())
        self._leases = Leases(database, lambda session: end_session(_query_server(), session))
        self.warehouse = Warehouse(f"{SCHEME}{setting('LAKEHOUSE_BUCKET_PREFIX', '')}")
        self.ledger = Ledger(database)
        self.catalog: Catalog = Metastore(database)

    def read_plan(self, path: str | None) -> Plan:
        return read_applied_plan(self.warehouse) if path is None else read_plan(path)

    def connection_url(self, name: str) -> str:
        return connection_url(name)

    def start_spark(self, run: str, is_brief: Callable[[], bool]) -> SparkSession:  # noqa: ARG002
        self._session_id = str(uuid.uuid5(_SESSIONS, f"{run}/{self._attempt}"))
        self._leases.record_session(self._session_id)
        self._session = open_session(_query_server(), self._session_id, {**QUERY_SETTINGS, **extra_settings()})
        return self._session

    @contextmanager
    def hold(self, domain: str, run: str) -> Iterator[None]:
        with self._leases.hold(domain, run, self._owner, self._keep_seconds) as fence:
            self._attempt = max(self._attempt, fence)
            try:
                yield
            finally:
                self._end_session()

    def holder(self, domain: str) -> Holder | None:
        return self._leases.holder(domain)

    def close(self) -> None:
        self._end_session()
        self.ledger.close()

    def _end_session(self) -> None:
        """Nothing of ours runs on when the next one takes the lease, which would end it itself where we could not."""
        if self._session is not None:
            session, self._session = self._session, None
            with suppress(LakehouseError):
                end_session(_query_server(), self._session_id)
                self._leases.record_session(None)
            session.stop()


def _query_server() -> QueryServer:
    return QueryServer(setting("LAKEHOUSE_CONNECT"), secret("LAKEHOUSE_CONNECT_TOKEN_FILE", "/run/secrets/connect-token"))


def _ledger_address() -> dict[str, str]:
    return {
        "host": setting("LAKEHOUSE_LEDGER_HOST"),
        "port": setting("LAKEHOUSE_LEDGER_PORT", "5432"),
        "user": "lakehouse",
        "dbname": "lakehouse",
        "password": secret("LAKEHOUSE_LEDGER_PASSWORD_FILE", "/run/secrets/postgres-lakehouse"),
    }
