from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from pyspark.sql import SparkSession

from lakehouse_pipeline.catalog import Catalog
from lakehouse_pipeline.gate.gate import Gate
from lakehouse_pipeline.held import Holder
from lakehouse_pipeline.ledger import Ledger
from lakehouse_pipeline.schema.plan import Plan
from lakehouse_pipeline.task import Task
from lakehouse_pipeline.warehouse import Warehouse


class Deployment(Protocol):
    """All that differs between a lakehouse in a folder and one on the platform."""

    @property
    def warehouse(self) -> Warehouse: ...

    @property
    def ledger(self) -> Ledger: ...

    @property
    def catalog(self) -> Catalog: ...

    @property
    def gate(self) -> Gate: ...

    def read_plan(self, path: str | None, plan_hash: str | None = None) -> Plan:
        """The plan in a file; without one the plan of that hash which was once applied here, or the one that is applied now."""

    def connection_url(self, name: str) -> str:
        """The URL of a named connection of the plan's sources."""

    def start_spark(self, run: str, is_brief: Callable[[], bool]) -> SparkSession:
        """A session for `run`; `is_brief` tells whether there is so little to do that starting costs more than working."""

    def interrupt_spark(self) -> None:
        """Ends what runs in the sessions that were started; it fails there where it was begun."""

    def hold(self, domain: str, run: str, task: Task | None = None) -> AbstractContextManager[object]:
        """The only right to write a domain, or what one task works on of it.

        Raises LakehouseError LH2102 that names the holder where another run has it.
        """

    def is_alone(self, domain: str) -> bool:
        """Whether no other task holds the domain beside this process, which does."""

    def holder(self, domain: str) -> Holder | None:
        """Who has that right now."""

    def staying(self) -> dict[str, object] | None:
        """The process that keeps Spark ready for the next call (process, since, minutes), where one does."""

    def close(self) -> None:
        """Ends the session and lets go of all else."""
