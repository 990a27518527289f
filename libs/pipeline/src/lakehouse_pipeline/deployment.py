from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from pyspark.sql import SparkSession

from lakehouse_pipeline.catalog import Catalog
from lakehouse_pipeline.held import Holder
from lakehouse_pipeline.ledger import Ledger
from lakehouse_pipeline.schema.plan import Plan
from lakehouse_pipeline.warehouse import Warehouse


class Deployment(Protocol):
    """All that differs between a lakehouse in a folder and one on the platform."""

    @property
    def warehouse(self) -> Warehouse: ...

    @property
    def ledger(self) -> Ledger: ...

    @property
    def catalog(self) -> Catalog: ...

    def read_plan(self, path: str | None) -> Plan:
        """The plan in a file, or without one the plan that was applied here."""

    def connection_url(self, name: str) -> str:
        """The URL of a named connection of the plan's sources."""

    def start_spark(self, run: str, is_brief: Callable[[], bool]) -> SparkSession:
        """A session for `run`; `is_brief` tells whether there is so little to do that starting costs more than working."""

    def hold(self, domain: str, run: str) -> AbstractContextManager[object]:
        """The only right to write a domain. Raises LakehouseError LH2102 that names the holder where another run has it."""

    def holder(self, domain: str) -> Holder | None:
        """Who has that right now."""

    def close(self) -> None:
        """Ends the session and lets go of all else."""
