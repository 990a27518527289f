"""All that a silver table has to do: work that a crash left, new batches, rows that wait for a parent."""

from __future__ import annotations

from functools import partial

from lakehouse_pipeline.accounting import Accounting, total
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.parallel import in_order
from lakehouse_pipeline.refine import pending_work, references_of, refine
from lakehouse_pipeline.retry import must_retry, retry_waiting
from lakehouse_pipeline.revert import revert, revert_due
from lakehouse_pipeline.schema.plan import SilverTable


def refinement_due(context: Context, table: SilverTable) -> bool:
    """Whether there is anything to do. Needs no Spark."""
    return revert_due(context, table) is not None or must_retry(context, table) or pending_work(context, table) is not None


def refine_table(context: Context, table: SilverTable) -> Accounting | None:
    """Does it and returns the row accounting; None where there was nothing to do."""
    done: list[Accounting] = []
    while True:
        if (left := revert_due(context, table)) is not None:
            done.append(revert(context, table, left))
        if must_retry(context, table):
            done.append(retry_waiting(context, table))
        pending = pending_work(context, table)
        if pending is None:
            return total(done) if done else None
        done.append(refine(context, table, pending))


def refine_all(context: Context) -> set[str]:
    """Parents go before the tables that refer to them; returns the tables that changed."""
    tables = context.silver
    worked = in_order(tables, lambda table: [reference.parent for reference in references_of(table)], partial(refine_table, context))
    return {table.name for table, accounting in zip(tables, worked, strict=True) if accounting is not None}
