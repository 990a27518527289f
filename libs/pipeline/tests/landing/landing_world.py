from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from lakehouse_pipeline.landing import FileOrigin, LandingContext, Manifest, Patience, land
from lakehouse_pipeline.schema.plan import DatabaseSource, FileSource, HttpSource

CSV: dict[str, object] = {
    "type": "csv",
    "header": True,
    "delimiter": ",",
    "quote": '"',
    "encoding": "utf-8",
    "nullValue": None,
}


def file_source(columns: str = "a b", drift: str = "rescue", path: str = "in/*", **form: Any) -> FileSource:
    """A file source; CSV unless `form` names another type."""
    chosen = form if form.get("type", "csv") != "csv" else {**CSV, **form}
    return FileSource.model_validate(
        {
            "kind": "files",
            "name": "things",
            "domain": "demo",
            "table": "bronze.things",
            "columns": columns.split(),
            "drift": drift,
            "schedule": None,
            "connection": None,
            "path": path,
            "format": chosen,
        }
    )


def database_source(
    columns: str = "", drift: str = "rescue", watermark: str | None = None, lag: int = 0, relation: str = "things"
) -> DatabaseSource:
    return DatabaseSource.model_validate(
        {
            "kind": "database",
            "name": "things",
            "domain": "demo",
            "table": "bronze.things",
            "columns": columns.split(),
            "drift": drift,
            "schedule": None,
            "connection": "operations",
            "relation": relation,
            "watermark": {"column": watermark, "lagSeconds": lag} if watermark else None,
        }
    )


def http_source(
    columns: str = "",
    drift: str = "rescue",
    pagination: Mapping[str, object] | None = None,
    watermark: str | None = None,
    lag: int = 0,
    records: str = "$.data[*]",
) -> HttpSource:
    return HttpSource.model_validate(
        {
            "kind": "http",
            "name": "things",
            "domain": "demo",
            "table": "bronze.things",
            "columns": columns.split(),
            "drift": drift,
            "schedule": None,
            "connection": "service",
            "path": "/things",
            "parameters": {"limit": "2"},
            "pagination": pagination or {"type": "cursor", "parameter": "after", "next": "$.next"},
            "records": records,
            "watermark": {"column": watermark, "lagSeconds": lag, "parameter": "since"} if watermark else None,
        }
    )


@dataclass
class World:
    """A workspace with a landing layer, and what the lander said."""

    root: Path
    connections: dict[str, str] = field(default_factory=dict)
    events: list[Mapping[str, object]] = field(default_factory=list)
    on_event: Callable[[Mapping[str, object]], None] | None = None

    @property
    def landing(self) -> Path:
        return self.root / "landing"

    def deliver(self, name: str, content: bytes | str) -> Path:
        path = self.root / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def land(self, source: FileSource | DatabaseSource | HttpSource) -> list[Manifest]:
        self.events.clear()
        return land(source, self.context())

    def context(self) -> LandingContext:
        return LandingContext(
            landing_root=self.landing,
            resolve_connection=self.connections.__getitem__,
            on_event=self._take,
            clock=lambda: datetime(2013, 1, 1, tzinfo=timezone.utc),
            workspace=self.root,
            patience=Patience(attempts=3, connect=1, read=0.3, total=5, first_pause=0.001, longest_pause=0.01),
        )

    def rows(self, manifest: Manifest) -> list[dict[str, Any]]:
        """All rows of a batch, in the order of their numbers."""
        folder = self.landing / manifest.source / manifest.batch
        rows = [row for part in manifest.parts for row in pq.read_table(folder / part.path).to_pylist()]
        return sorted(rows, key=lambda row: (row["_source_file"], row["_source_row"]))

    def payload(self, manifest: Manifest) -> list[tuple[object, ...]]:
        """The payload of the well-formed rows."""
        names = [column.name for column in manifest.columns]
        return [tuple(row[name] for name in names) for row in self.rows(manifest) if not reason(row)]

    def problems(self) -> list[str]:
        return [str(event["code"]) for event in self.events if event["event"] == "problem"]

    def problem(self, code: str) -> Mapping[str, Any]:
        return next(event for event in self.events if event.get("code") == code)

    def folders(self) -> list[str]:
        """The names of all folders of batches."""
        folder = self.landing / "things"
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []

    def _take(self, event: Mapping[str, object]) -> None:
        json.dumps(event)
        self.events.append(event)
        if self.on_event is not None:
            self.on_event(event)


def execute(world: World, *statements: str) -> Path:
    """Runs SQL on the SQLite database of the connection `operations`."""
    path = world.root / "operations.db"
    world.connections["operations"] = f"sqlite:///{path}"
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def things(world: World, *rows: str) -> None:
    """Adds rows of `id, updated_at` to the table things."""
    execute(
        world, "create table if not exists things (id integer, updated_at timestamp)", *(f"insert into things values {row}" for row in rows)
    )


def reason(row: Mapping[str, Any]) -> str | None:
    """Why a row is malformed."""
    rescued = row["_rescued"]
    return None if rescued is None else rescued["reason"]


def path_of(manifest: Manifest) -> str:
    """The file that a batch holds."""
    assert isinstance(manifest.origin, FileOrigin)
    return manifest.origin.path
