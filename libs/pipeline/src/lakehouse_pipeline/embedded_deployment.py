from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from pyspark.sql import SparkSession

from lakehouse_pipeline.catalog import Catalog, NoCatalog
from lakehouse_pipeline.connections import connection_url
from lakehouse_pipeline.held import Holder
from lakehouse_pipeline.home import Home
from lakehouse_pipeline.ledger import Ledger, ledger_schema
from lakehouse_pipeline.lock import domain_lock, lock_holder, record_jvm
from lakehouse_pipeline.plan_file import read_plan
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import Plan
from lakehouse_pipeline.session import embedded_session, jvm_process
from lakehouse_pipeline.sqlite_database import SqliteDatabase
from lakehouse_pipeline.warehouse import Warehouse


class EmbeddedDeployment:
    """A lakehouse in a folder: Spark in this process's own JVM, tables and ledger in files."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._sessions: list[SparkSession] = []
        self.warehouse: Warehouse = home.warehouse
        self.ledger = open_ledger(home)
        self.catalog: Catalog = NoCatalog()

    def read_plan(self, path: str | None) -> Plan:
        if path is None:
            raise LakehouseError("LH2106", "--plan", "no plan is named.", "Name its file with --plan.")
        return read_plan(path)

    def connection_url(self, name: str) -> str:
        return connection_url(name)

    def start_spark(self, run: str, is_brief: Callable[[], bool]) -> SparkSession:  # noqa: ARG002
        session = embedded_session(self._home, brief=is_brief())
        self._sessions.append(session)
        record_jvm(self._home.locks, jvm_process(session))
        return session

    def hold(self, domain: str, run: str) -> AbstractContextManager[None]:
        return domain_lock(self._home.lock(domain), domain, run)

    def holder(self, domain: str) -> Holder | None:
        return lock_holder(self._home.lock(domain))

    def close(self) -> None:
        for session in self._sessions:
            session.stop()
        self.ledger.close()


def open_ledger(home: Home) -> Ledger:
    return Ledger(SqliteDatabase(home.ledger, ledger_schema()))
