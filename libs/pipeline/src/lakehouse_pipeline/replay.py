from __future__ import annotations

from collections.abc import Mapping

from lakehouse_pipeline.accounting import Accounting
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import exists
from lakehouse_pipeline.ledger_rows import REPLAY
from lakehouse_pipeline.mend import mend
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.quarantine import held_rows, quarantine_location
from lakehouse_pipeline.record import record
from lakehouse_pipeline.retry import Released, finish_release, release_rows
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.silver_table import silver_state


def replay(context: Context, table: SilverTable, rule: str | None, row: str | None, values: Mapping[str, str]) -> Released:
    """Merges quarantined rows that break no rule any more, once; with `values`, one row after writing them into it.

    Rows that wait for a parent are tried where they are named alone. What a crash left of an earlier replay is finished before.
    Raises LakehouseError LH2202, see mend; LH2210 where the table has to be rebuilt, which judges all its rows anew.
    """
    if not exists(quarantine_location(context, table)):
        return Released(None, {})
    rebuild = silver_state(table, context.warehouse.location(table.name)).rebuild
    if rebuild is not None:
        raise LakehouseError(
            "LH2210",
            table.name,
            f"{rebuild}, so it is rebuilt first, with all rows of its quarantine.",
            f"./lakehouse run {context.domain}; then replay what is still in quarantine.",
        )
    if values:
        mend(context, table, row, values)
    context.ledger.start_run(context.run, context.domain, context.plan.hash)
    try:
        finish_release(context, table)
        held = held_rows(context, table, ["open"] if row is None else ["open", "waiting"], rule, row)
        released = release_rows(context, table, REPLAY, context.run, held)
    except BaseException as error:
        context.ledger.finish_run(context.run, "failed", str(error)[:2000], None)
        raise
    context.ledger.finish_run(context.run, "refined", None, None)
    record(context)
    return released


def described(released: Released) -> dict[str, object]:
    """What became of the rows, as the verb answers it."""
    return {"merged": (released.accounting or Accounting()).as_event(), "broken": dict(released.broken)}
