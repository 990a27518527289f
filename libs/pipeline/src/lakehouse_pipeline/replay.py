from __future__ import annotations

from collections.abc import Mapping

from lakehouse_pipeline.accounting import Accounting
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import exists
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.quarantine import held_rows, mend_row, quarantine_location
from lakehouse_pipeline.record import record
from lakehouse_pipeline.retry import release_rows
from lakehouse_pipeline.schema.plan import SilverTable


def replay(context: Context, table: SilverTable, rule: str | None, row: str | None, values: Mapping[str, str]) -> dict[str, int]:
    """Merges quarantined rows that break no rule any more, once; with `values`, one row after writing them into it.

    Returns the row accounting, all zero where no row passed. Raises LakehouseError LH2202 where the row or a column is unknown.
    """
    if not exists(quarantine_location(context, table)):
        return Accounting().as_event()
    if values:
        _mend(context, table, row, values)
    context.ledger.start_run(context.run, context.domain, context.plan.hash)
    try:
        merged = release_rows(context, table, "replay", context.run, held_rows(context, table, ["open"], rule, row))
    except BaseException as error:
        context.ledger.finish_run(context.run, "failed", str(error)[:2000], None)
        raise
    context.ledger.finish_run(context.run, "refined", None, None)
    record(context)
    return (merged or Accounting()).as_event()


def _mend(context: Context, table: SilverTable, row: str | None, values: Mapping[str, str]) -> None:
    unknown = sorted(set(values) - set(table.origin_columns))
    if unknown:
        known = ", ".join(table.origin_columns)
        raise LakehouseError("LH2202", table.name, f"{table.origin} has no column {', '.join(unknown)}.", f"It has: {known}.")
    if row is None:
        raise LakehouseError(
            "LH2202",
            table.name,
            "values are given, but not for which row.",
            "Name it with --row; `quarantine show` lists the names.",
        )
    if mend_row(context, table, row, values) == 0:
        raise LakehouseError("LH2202", table.name, f"no open row is named {row}.", "`quarantine show` lists the names.")
