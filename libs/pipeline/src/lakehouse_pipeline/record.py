"""The outbox into the ops tables, once per run and without Spark, so that a run which killed Spark is recorded too."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime

import pyarrow as pa
from deltalake import CommitProperties, Transaction, write_deltalake

from lakehouse_pipeline.accounting import Accounting
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.database import Row
from lakehouse_pipeline.delta import access, exists, open_table
from lakehouse_pipeline.events import step
from lakehouse_pipeline.silver_table import PROPERTIES

_TIME = pa.timestamp("us", tz="UTC")

_TYPES: dict[str, pa.DataType] = {"text": pa.string(), "count": pa.int64(), "number": pa.float64(), "flag": pa.bool_(), "time": _TIME}


def _schema(**columns: str) -> pa.Schema:
    return pa.schema([(name, _TYPES[kind]) for name, kind in columns.items()])


RUNS = _schema(run="text", domain="text", plan="text", started_at="time", finished_at="time", status="text", message="text", release="text")
ROW_ACCOUNTING = _schema(
    run="text",
    step="text",
    table_name="text",
    epoch="count",
    batch="text",
    **{field.name: "count" for field in fields(Accounting)},
    recorded_at="time",
)
STEPS = _schema(run="text", step="text", subject="text", seconds="number", rows="count", detail="text", finished_at="time")
CHECKS = _schema(
    run="text",
    table_name="text",
    batch="text",
    check_id="text",
    passed="flag",
    severity="text",
    dimension="text",
    actual="number",
    expected="text",
    description="text",
    checked_at="time",
)
RELEASES = _schema(release="text", run="text", domain="text", table_name="text", version="count", rows="count", published_at="time")


# In the order in which a run is projected into them.
OPS_TABLES = ("ops.runs", "ops.row_accounting", "ops.steps", "ops.checks", "ops.releases")


def record(context: Context) -> None:
    """Projects every finished run that is not in ops yet. A run is projected once, whatever is killed when."""
    runs = context.ledger.unprojected_runs(context.domain)
    if not runs:
        return
    with step(context.emit, "record", "ops") as report:
        for run in runs:
            _project(context, run)
            context.ledger.mark_projected(run["id"])
        report.detail = f"{len(runs)} run{'' if len(runs) == 1 else 's'}"


def _project(context: Context, run: Row) -> None:
    rows = context.ledger.rows
    name = str(run["id"])
    _append(context, "ops.runs", RUNS, name, [{**dict(run), "run": name}])
    _append(
        context,
        "ops.row_accounting",
        ROW_ACCOUNTING,
        name,
        _dicts(rows("select * from accounting where run = ?", name)),
    )
    _append(context, "ops.steps", STEPS, name, _dicts(rows("select * from steps where run = ?", name)))
    _append(context, "ops.checks", CHECKS, name, _dicts(rows("select * from check_results where run = ?", name)))
    released = rows("select id, run, domain, tables, published_at from releases where run = ? and status = 'published'", name)
    tables = [{**dict(entry), **table} for entry in released for table in json.loads(entry["tables"])]
    _append(
        context,
        "ops.releases",
        RELEASES,
        name,
        [{**table, "release": table["id"], "table_name": table["table"]} for table in tables],
    )


def _append(context: Context, table: str, schema: pa.Schema, run: str, rows: Sequence[dict[str, object]]) -> None:
    location = context.warehouse.location(table)
    commit_id = f"record/{table}/{run}"
    known = exists(location)
    if known and open_table(location).transaction_version(commit_id) is not None:
        return
    if known and not rows:
        return
    data = pa.table({field.name: [_value(field.type)(row.get(field.name)) for row in rows] for field in schema}, schema=schema)
    commit = CommitProperties(app_transactions=[Transaction(app_id=commit_id, version=1)])
    write_deltalake(
        location, data, mode="append", configuration=dict(PROPERTIES), commit_properties=commit, storage_options=access(location)
    )


def _value(kind: pa.DataType) -> Callable[[object], object]:
    if pa.types.is_timestamp(kind):
        return lambda value: datetime.fromisoformat(value) if isinstance(value, str) else None
    if pa.types.is_boolean(kind):
        return lambda value: None if value is None else bool(value)
    return lambda value: value


def _dicts(rows: Sequence[Row]) -> list[dict[str, object]]:
    return [dict(row) for row in rows]
