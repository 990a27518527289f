"""The scorecard into ops: quality numbers by day, and incidents with the gold tables behind which they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

import pyarrow as pa
from deltalake import write_deltalake

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.database import Statement
from lakehouse_pipeline.delta import access, exists, open_table, predicate_literal
from lakehouse_pipeline.incidents import downstream
from lakehouse_pipeline.ops_rows import differs, ops_rows, ops_schema
from lakehouse_pipeline.quality_kpi import kpis
from lakehouse_pipeline.silver_table import PROPERTIES

QUALITY = ops_schema(
    day="day",
    table_name="text",
    dimension="text",
    domain="text",
    team="text",
    judged="count",
    passed="count",
    warned="count",
    failed="count",
    kpi="number",
)
INCIDENTS = ops_schema(
    incident="text",
    source="text",
    domain="text",
    team="text",
    table_name="text",
    dimension="text",
    severity="text",
    status="text",
    description="text",
    failed_checks="count",
    run="text",
    # The published tables that are made of the table, with commas between them.
    downstream="text",
    first_seen="time",
    last_seen="time",
    by_whom="text",
    resolved_at="time",
)


def record_kpis(context: Context, days: Collection[str]) -> None:
    """Writes the numbers of the domain's tables of some days anew; what is there as it is stays untouched."""
    for day in days:
        found = [kpi for kpi in kpis(context.ledger, context.plan, [day]) if kpi.domain == context.domain]
        rows = [{**asdict(kpi), "table_name": kpi.table, "kpi": kpi.percent} for kpi in found]
        of_day = [("domain", "=", context.domain), ("day", "=", ops_rows(QUALITY, [{"day": day}])["day"][0].as_py())]
        _replace(
            context,
            "ops.quality",
            QUALITY,
            f"domain = {predicate_literal(context.domain)} and day = date {predicate_literal(day)}",
            of_day,
            rows,
        )


def record_incidents(context: Context) -> int:
    """Brings the incidents of the domain that changed into ops, and returns how many those are."""
    teams = {table.name: table.team for table in context.plan.tables if table.domain == context.domain}
    changed = [row for row in context.ledger.rows("select * from incidents where projected = 0 order by id") if row["table_name"] in teams]
    if not changed and exists(context.warehouse.location("ops.incidents")):
        return 0
    rows = [
        {
            **dict(row),
            "incident": row["id"],
            "domain": context.domain,
            "team": teams[row["table_name"]],
            "downstream": ", ".join(downstream(context.plan, row["table_name"])),
        }
        for row in changed
    ]
    ids = [row["id"] for row in changed]
    predicate = f"domain = {predicate_literal(context.domain)} and incident in ({', '.join(predicate_literal(name) for name in ids)})"
    _replace(context, "ops.incidents", INCIDENTS, predicate, [("domain", "=", context.domain), ("incident", "in", ids)], rows)
    # One that changed meanwhile goes again.
    done = [(context.domain, row["id"], row["status"], row["last_seen"]) for row in changed]
    context.ledger.write(Statement("update incidents set projected = 1, domain = ? where id = ? and status = ? and last_seen = ?", done))
    return len(rows)


def _replace(
    context: Context,
    table: str,
    schema: pa.Schema,
    predicate: str,
    filters: list[tuple[str, str, object]],
    rows: Sequence[Mapping[str, object]],
) -> None:
    location = context.warehouse.location(table)
    data = ops_rows(schema, rows)
    if not exists(location):
        write_deltalake(
            *(location, data), partition_by=["domain"], configuration=dict(PROPERTIES), storage_options=access(location), mode="append"
        )
    elif differs(open_table(location).to_pyarrow_table(filters=filters), data):
        # Domains are partitions, so that two that are recorded at once do not meet.
        write_deltalake(location, data, mode="overwrite", predicate=predicate, schema_mode="merge", storage_options=access(location))
