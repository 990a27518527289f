"""The batches that silver tables hold, and taking one of them out."""

from __future__ import annotations

from lakehouse_pipeline.accounting import Accounting
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.record import record
from lakehouse_pipeline.refine import left_work
from lakehouse_pipeline.refinement import refine_table
from lakehouse_pipeline.revert import begin_revert, revert, revert_due
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.silver_table import silver_state

_BATCHES_NAMED = 5
_COUNTS = (
    "select batch, max(recorded_at) as refined_at, sum(case when step in ('refine', 'backfill') then read else 0 end) as read,"
    " sum(inserted + updated) as merged from accounting where table_name = ? and epoch = ? and step not in ('superseded', 'revert')"
    " group by batch"
)


def list_batches(context: Context, name: str | None) -> list[dict[str, object]]:
    """Per silver table its batches, the newest last: what became of their rows, and what stands on them. Needs no Spark.

    Raises LakehouseError LH2201 where there is no silver table of that name.
    """
    tables = [table for table in _silver(context) if name in (None, table.name, table.name.split(".", 1)[1])]
    if not tables:
        known = ", ".join(table.name for table in _silver(context))
        raise LakehouseError("LH2201", name or "--table", "no such silver table.", f"Choose one of: {known}.")
    return [entry for table in tables for entry in _batches(context, table)]


def domain_of(context: Context, batch: str | None) -> str:
    """The domain whose silver tables read a batch. Raises LakehouseError LH2207 where no batch has that name."""
    tables = _readers(context, batch)
    if tables:
        return tables[0].domain
    known = sorted({entry.batch for table in _silver(context) for entry in context.ledger.ingested(table.origin)})
    last = ", ".join(known[-_BATCHES_NAMED:])
    fix = f"`./lakehouse batch list` shows all, such as {last}." if last else "Run a domain first."
    raise LakehouseError("LH2207", batch or "--id", "no batch of that name was ingested.", fix)


def revert_batch(context: Context, batch: str, by: str, reason: str) -> dict[str, object]:
    """Takes a batch out of all silver tables of the context's domain that read it; the caller holds the domain's lock.

    The next run audits them and takes the change to gold. A batch that was taken out already is nothing to do.
    """
    tables = [table for table in _readers(context, batch) if table.domain == context.domain]
    due = [table for table in tables if batch not in context.ledger.reverted(table.name) or revert_due(context, table)]
    if not due:
        return {"changed": False, "tables": []}
    context.ledger.start_run(context.run, context.domain, context.plan.hash)
    try:
        done = [{"table": table.name, "accounting": _taken_out(context, table, batch, by, reason).as_event()} for table in due]
    except BaseException as error:
        context.ledger.finish_run(context.run, "failed", str(error)[:2000], None)
        raise
    context.ledger.finish_run(context.run, "refined", f"batch {batch} taken out by {by}: {reason}"[:2000], None)
    record(context)
    return {"changed": True, "tables": done}


def _taken_out(context: Context, table: SilverTable, batch: str, by: str, reason: str) -> Accounting:
    if left_work(context, table) is not None and batch not in context.ledger.reverted(table.name):
        # What a crash left goes first: of a table only one piece of work is under way.
        refine_table(context, table)
    begin_revert(context, table, batch, by, reason)
    work = revert_due(context, table)
    return revert(context, table, work) if work else Accounting()


def _batches(context: Context, table: SilverTable) -> list[dict[str, object]]:
    epoch = silver_state(table, context.warehouse.location(table.name)).epoch
    rows = context.ledger.rows
    counts = {row["batch"]: row for row in rows(_COUNTS, table.name, epoch)}
    refined = context.ledger.refined(table.name, epoch)
    rejected = context.ledger.rejected(table.name, epoch)
    releases = {
        row["batch"]: row["release"] for row in rows("select * from released where table_name = ? and epoch = ?", table.name, epoch)
    }
    gone = {row["batch"]: row for row in rows("select * from reverted where table_name = ?", table.name)}
    found: list[dict[str, object]] = []
    for entry in context.ledger.ingested(table.origin):
        taken = gone.get(entry.batch)
        counted = counts.get(entry.batch) if taken is None else None
        found.append(
            {
                "table": table.name,
                "batch": entry.batch,
                "state": "reverted" if taken else "held" if entry.held else "refined" if entry.batch in refined else "pending",
                "rows": entry.rows,
                "merged": counted["merged"] if counted else 0,
                "quarantined": rejected.get(entry.batch, (0, 0))[1] if taken is None else 0,
                "refinedAt": counted["refined_at"] if counted else None,
                "release": releases.get(entry.batch),
                "reverted": {"by": taken["by_whom"], "reason": taken["reason"], "at": taken["reverted_at"]} if taken else None,
            }
        )
    return found


def _readers(context: Context, batch: str | None) -> list[SilverTable]:
    return [table for table in _silver(context) if batch in {entry.batch for entry in context.ledger.ingested(table.origin)}]


def _silver(context: Context) -> list[SilverTable]:
    return [table for table in context.tables.values() if isinstance(table, SilverTable)]
