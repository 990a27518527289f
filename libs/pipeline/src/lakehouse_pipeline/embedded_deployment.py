from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from pyspark.sql import SparkSession

from lakehouse_pipeline.catalog import Catalog, NoCatalog
from lakehouse_pipeline.connections import connection_url
from lakehouse_pipeline.gate.gate import Gate, NoGate
from lakehouse_pipeline.held import Holder
from lakehouse_pipeline.home import Home
from lakehouse_pipeline.ledger import Ledger, ledger_schema
from lakehouse_pipeline.lock import domain_lock, lock_holder, record_jvm
from lakehouse_pipeline.plan_file import read_plan
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import Plan
from lakehouse_pipeline.session import embedded_session, jvm_process
from lakehouse_pipeline.sqlite_database import SqliteDatabase
from lakehouse_pipeline.task import Task
from lakehouse_pipeline.warehouse import Warehouse
from lakehouse_pipeline.warm.record import staying


class EmbeddedDeployment:
    """A lakehouse in a folder: Spark in this process's own JVM, tables and ledger in files.

    `keeps_spark`: it is left running at the end, for the next deployment in this process.
    """

    def __init__(self, home: Home, keeps_spark: bool = False) -> None:
        self._home = home
        self._keeps_spark = keeps_spark
        self._sessions: list[SparkSession] = []
        self.warehouse: Warehouse = home.warehouse
        self.ledger = open_ledger(home)
        self.catalog: Catalog = NoCatalog()
        self.gate: Gate = NoGate()

    def read_plan(self, path: str | None, plan_hash: str | None = None) -> Plan:
        if path is None:
            raise LakehouseError("LH2106", plan_hash or "--plan", "no plan's file is named.", "Name it with --plan.")
        return read_plan(path)

    def connection_url(self, name: str) -> str:
        return connection_url(name)

    def start_spark(self, run: str, is_brief: Callable[[], bool]) -> SparkSession:  # noqa: ARG002
        # What stays meets more work than this run has.
        session = embedded_session(self._home, brief=not self._keeps_spark and is_brief())
        self._sessions.append(session)
        record_jvm(self._home.locks, jvm_process(session))
        return session

    def interrupt_spark(self) -> None:
        for session in self._sessions:
            session.sparkContext.cancelAllJobs()

    def hold(self, domain: str, run: str, task: Task | None = None) -> AbstractContextManager[None]:  # noqa: ARG002
        """Tasks do not work side by side here: each would need a JVM of its own, and one machine has no room for them."""
        return domain_lock(self._home.lock(domain), domain, run)

    def is_alone(self, domain: str) -> bool:  # noqa: ARG002
        return True

    def holder(self, domain: str) -> Holder | None:
        return lock_holder(self._home.lock(domain))

    def staying(self) -> dict[str, object] | None:
        return staying(self._home.path)

    def close(self) -> None:
        for session in self._sessions:
            if self._keeps_spark:
                session.catalog.clearCache()
            else:
                session.stop()
        self.ledger.close()


def open_ledger(home: Home) -> Ledger:
    return Ledger(SqliteDatabase(home.ledger, ledger_schema()))
