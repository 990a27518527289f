"""A lakehouse in a temporary folder, driven in the test's own process on one shared Spark."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from deltalake import DeltaTable
from pyspark.sql import SparkSession

from lakehouse_pipeline.conduct import Outcome
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.embedded_deployment import open_ledger
from lakehouse_pipeline.gate.gate import Gate, NoGate
from lakehouse_pipeline.home import Home, open_home
from lakehouse_pipeline.landing.context import LandingContext
from lakehouse_pipeline.landing.land import land
from lakehouse_pipeline.landing.manifest import Manifest
from lakehouse_pipeline.landing.zone import list_manifests
from lakehouse_pipeline.ledger import Ledger
from lakehouse_pipeline.run import run
from lakehouse_pipeline.schema.plan import Plan

Row = Mapping[str, object]
# Columns that say when and by which run a row came, not what it holds.
INCIDENTAL = {"_ingested_at", "_batch_id", "_source_row", "run", "quarantined_at", "resolved_at", "started_at", "finished_at"}


@dataclass
class Lakehouse:
    folder: Path
    plan: Plan
    spark: Callable[[], SparkSession]
    events: list[Mapping[str, Any]] = field(default_factory=list)
    # Connections that lead elsewhere than to the drop folder.
    connections: dict[str, str] = field(default_factory=dict)
    gate: Gate = field(default_factory=NoGate)

    @property
    def home(self) -> Home:
        return open_home(str(self.folder / "home"))

    @property
    def drop(self) -> Path:
        return self.folder / "drop"

    def deliver(self, source: str, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Writes one CSV file that the next run lands."""
        path = self.drop / source / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([columns, *rows])

    def context(self, run_id: str | None = None, ledger: Ledger | None = None, label: str | None = None) -> tuple[Context, Ledger]:
        ledger = ledger or open_ledger(self.home)
        domain = self.plan.domains[0].name
        moment = datetime.now(timezone.utc)
        run_id = run_id or f"{moment:%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}"
        places = (self.home.warehouse, ledger, self.events.append, self.spark)
        return Context(self.plan, domain, run_id, *places, moment, gate=self.gate, label=label), ledger

    def run(self, until: str | None = None) -> Outcome:
        self.events.clear()
        context, ledger = self.context()
        with closing(ledger):
            return run(context, self.land, until)

    def land(self, source: Any) -> list[Manifest]:
        """Lands what is new of a source; returns all that has landed of it."""
        landing = LandingContext(
            self.home.warehouse.landing, lambda name: self.connections.get(name, self.drop.as_uri()), self.events.append
        )
        land(source, landing)
        return self.landed(source)

    def landed(self, source: Any) -> list[Manifest]:
        return list_manifests(self.home.warehouse.landing, source.name)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a Delta table, none where it does not exist."""
        location = self.home.warehouse.location(table)
        return DeltaTable(location).to_pyarrow_table().to_pylist() if DeltaTable.is_deltatable(location) else []

    def content(self, table: str) -> list[str]:
        """What a table holds, in an order of its own, without what is incidental to a run."""
        return sorted(repr({name: value for name, value in row.items() if name not in INCIDENTAL}) for row in self.rows(table))

    def versions(self) -> dict[str, int]:
        """The version of every Delta table there is."""
        logs = sorted((self.home.path / "warehouse").glob("*/*/_delta_log"))
        return {f"{log.parent.parent.name}.{log.parent.name}": DeltaTable(str(log.parent)).version() for log in logs}

    def accounted(self) -> dict[str, int]:
        """Row accounting of all runs, summed."""
        ledger = open_ledger(self.home)
        with closing(ledger):
            names = ("read", "inserted", "updated", "unchanged", "superseded_in_batch", "superseded_by_target", "quarantined", "waiting")
            sums = ", ".join(f"coalesce(sum({name}), 0) as {name}" for name in names)
            return {name: ledger.rows(f"select {sums} from accounting")[0][name] for name in names}
