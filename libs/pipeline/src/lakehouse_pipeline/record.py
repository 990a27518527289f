"""The outbox into the ops tables, once per run and without Spark, so that a run which killed Spark is recorded too."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields

import pyarrow as pa
from deltalake import CommitProperties, Transaction, write_deltalake

from lakehouse_pipeline.accounting import Accounting
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.database import Row
from lakehouse_pipeline.delta import access, exists, open_table, predicate_literal
from lakehouse_pipeline.events import step
from lakehouse_pipeline.ops_rows import differs, ops_rows, ops_schema
from lakehouse_pipeline.quality_kpi import days_of
from lakehouse_pipeline.record_quality import record_kpis
from lakehouse_pipeline.record_quarantine import OPS_QUARANTINE, record_quarantine
from lakehouse_pipeline.silver_table import PROPERTIES

RUNS = ops_schema(
    run="text",
    domain="text",
    plan="text",
    started_at="time",
    finished_at="time",
    status="text",
    message="text",
    release="text",
    # What a scheduler calls it, such as the name of its DAG run.
    label="text",
)
ROW_ACCOUNTING = ops_schema(
    run="text",
    step="text",
    table_name="text",
    epoch="count",
    batch="text",
    **{field.name: "count" for field in fields(Accounting)},
    recorded_at="time",
)
STEPS = ops_schema(run="text", step="text", subject="text", seconds="number", rows="count", detail="text", finished_at="time")
CHECKS = ops_schema(
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
RELEASES = ops_schema(
    release="text",
    run="text",
    domain="text",
    table_name="text",
    version="count",
    rows="count",
    published_at="time",
    # The release whose rows a rollback brought back.
    restores="text",
    # Checks of severity warning that the table failed in the run.
    warnings="count",
)
OVERRIDES = ops_schema(
    run="text",
    overridden_run="text",
    domain="text",
    release="text",
    table_name="text",
    check_id="text",
    batch="text",
    actual="number",
    expected="text",
    by_whom="text",
    reason="text",
    overridden_at="time",
)


# In the order in which a run is projected into them.
OPS_TABLES = (
    *("ops.runs", "ops.row_accounting", "ops.steps", "ops.checks", "ops.releases"),
    *("ops.overrides", "ops.quality", "ops.incidents", OPS_QUARANTINE),
)


def record(context: Context) -> int:
    """Projects every finished run that is not in ops as it stands, and returns how many those are.

    A run is projected once, whatever is killed when; what went on with it since takes the place of what was there.
    """
    runs = context.ledger.unprojected_runs(context.domain)
    if not runs:
        return 0
    with step(context.emit, "record", "ops") as report:
        record_quarantine(context)
        for run in runs:
            _project(context, run)
            context.ledger.mark_projected(run["id"])
        report.detail = f"{len(runs)} run{'' if len(runs) == 1 else 's'}"
    return len(runs)


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
    released = rows(
        "select id, run, domain, tables, published_at, restores from releases left join rollbacks on release = id"
        " where run = ? and status = 'published'",
        name,
    )
    warned = rows(
        "select table_name, count(distinct check_id) as warnings from check_results"
        " where run = ? and passed = 0 and severity = 'warning' group by table_name",
        name,
    )
    warnings = {row["table_name"]: row["warnings"] for row in warned}
    tables = [
        {**dict(entry), **table, "warnings": warnings.get(table["table"], 0)} for entry in released for table in json.loads(entry["tables"])
    ]
    _append(
        context,
        "ops.releases",
        RELEASES,
        name,
        [{**table, "release": table["id"], "table_name": table["table"]} for table in tables],
    )
    overridden = rows(
        "select o.*, o.overridden as overridden_run, c.table_name, c.check_id, c.batch, c.actual, c.expected, r.id as release"
        " from overrides o join check_results c on c.run = o.overridden and c.passed = 0 and c.severity = 'error'"
        " left join releases r on r.run = o.run and r.status = 'published' where o.run = ?",
        name,
    )
    _append(context, "ops.overrides", OVERRIDES, name, _dicts(overridden))
    record_kpis(context, days_of(context.ledger, name))


def _append(context: Context, table: str, schema: pa.Schema, run: str, rows: Sequence[dict[str, object]]) -> None:
    location = context.warehouse.location(table)
    commit_id = f"record/{table}/{run}"
    known = exists(location)
    recorded = open_table(location).transaction_version(commit_id) if known else None
    if known and not rows and recorded is None:
        return
    data = ops_rows(schema, rows)
    commit = CommitProperties(app_transactions=[Transaction(app_id=commit_id, version=(recorded or 0) + 1)])
    options = access(location)
    if recorded is None:
        write_deltalake(
            *(location, data),
            mode="append",
            schema_mode="merge" if known else None,
            configuration=dict(PROPERTIES),
            commit_properties=commit,
            storage_options=options,
        )
    elif _has_changed(location, run, data):
        predicate = f"run = {predicate_literal(run)}"
        write_deltalake(
            location, data, mode="overwrite", schema_mode="merge", predicate=predicate, commit_properties=commit, storage_options=options
        )


def _has_changed(location: str, run: str, data: pa.Table) -> bool:
    """Whether a run that is in ops went on since, or was cut short while it was recorded and is there as it is."""
    return differs(open_table(location).to_pyarrow_table(filters=[("run", "=", run)]), data)


def _dicts(rows: Sequence[Row]) -> list[dict[str, object]]:
    return [dict(row) for row in rows]
