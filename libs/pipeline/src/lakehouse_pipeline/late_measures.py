"""The numbers of batches that were refined before a check of theirs was written or changed."""

from __future__ import annotations

from collections.abc import Sequence

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.measure import batch_measures, measure_name
from lakehouse_pipeline.refine import bronze_rows, evaluated, references_of
from lakehouse_pipeline.schema.plan import SilverTable


def measure_late(context: Context, table: SilverTable, epoch: int, batches: Sequence[str]) -> None:
    """Measures those of `batches` that lack a number of a check of scope batch, beside their parents as they are now."""
    names = {measure_name(check) for check in table.checks if check.scope == "batch"}
    late = tuple(batch for batch in batches if names - context.ledger.measures(table.name, epoch, batch).keys())
    if not late:
        return
    with evaluated(context, table, bronze_rows(context, table, late)) as rows:
        measures = batch_measures(rows, table, references_of(table), context.name_of, late)
    context.ledger.add_measures(table.name, epoch, measures)
