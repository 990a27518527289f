"""How much a run has before it, told from the ledger, the manifests and the tables' logs, without Spark."""

from __future__ import annotations

from lakehouse_pipeline.build import gold_action
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import open_table
from lakehouse_pipeline.ingest import pending_manifests
from lakehouse_pipeline.landing.zone import list_manifests
from lakehouse_pipeline.refine import pending_work

# Below it a run is over before the time that the JVM's optimising compiler takes is won back (measured on two cores).
FEW_ROWS = 1_000_000


def few_rows_ahead(context: Context) -> bool:
    return rows_ahead(context) < FEW_ROWS


def rows_ahead(context: Context) -> int:
    """The rows that have landed and not been refined, and the inputs of gold tables that are rebuilt as a whole."""
    landing = context.warehouse.landing
    landed = sum(
        manifest.rows
        for source in context.plan.sources
        if source.domain == context.domain
        for manifest in pending_manifests(context, source, list_manifests(landing, source.name))
    )
    return landed + _rows_to_refine(context) + _rows_to_rebuild_from(context)


def _rows_to_refine(context: Context) -> int:
    rows = 0
    for table in context.silver:
        pending = pending_work(context, table)
        held = {entry.batch: entry.rows for entry in context.ledger.ingested(table.origin)}
        rows += sum(held.get(batch, 0) for batch in pending.work.batches) if pending else 0
    return rows


def _rows_to_rebuild_from(context: Context) -> int:
    inputs = {name for table in context.gold if gold_action(context, table, set()).kind == "rebuild" for name in table.inputs}
    return sum(open_table(context.warehouse.location(name)).count() for name in inputs)
