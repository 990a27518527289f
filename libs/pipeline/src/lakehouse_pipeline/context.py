from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from pyspark.sql import SparkSession

from lakehouse_pipeline.catalog import Catalog, NoCatalog
from lakehouse_pipeline.events import Emit
from lakehouse_pipeline.gate.gate import Gate, NoGate
from lakehouse_pipeline.ledger import Ledger
from lakehouse_pipeline.schema.plan import GoldTable, Plan, SilverTable
from lakehouse_pipeline.warehouse import Warehouse, sql_identifier


@dataclass(frozen=True)
class Context:
    """What every step of a run is handed. Spark is started by the first step that needs it."""

    plan: Plan
    domain: str
    run: str
    warehouse: Warehouse
    ledger: Ledger
    emit: Emit
    start_spark: Callable[[], SparkSession]
    # The clock by which freshness and retention are judged, UTC.
    as_of: datetime
    catalog: Catalog = field(default_factory=NoCatalog)
    gate: Gate = field(default_factory=NoGate)
    # What a scheduler calls the run, such as the name of its DAG run.
    label: str | None = None

    @cached_property
    def spark(self) -> SparkSession:
        return self.start_spark()

    @cached_property
    def tables(self) -> dict[str, SilverTable | GoldTable]:
        return {table.name: table for table in self.plan.tables}

    def name_of(self, table: str) -> str:
        """How Spark SQL names a table of the plan."""
        return sql_identifier(self.warehouse.location(table))

    @property
    def silver(self) -> list[SilverTable]:
        """Silver tables of the domain, parents before children."""
        return [table for table in self.plan.tables if isinstance(table, SilverTable) and table.domain == self.domain]

    @property
    def gold(self) -> list[GoldTable]:
        """Gold tables of the domain, inputs before the tables that read them."""
        return [table for table in self.plan.tables if isinstance(table, GoldTable) and table.domain == self.domain]
