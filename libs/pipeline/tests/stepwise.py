"""The steps of a run of the small plan, each as a task of its own, in the test's process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial

from lakehouse import Lakehouse

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.ingestion import sources_of
from lakehouse_pipeline.ledger import Ledger
from lakehouse_pipeline.schema.plan import GoldTable, SilverTable
from lakehouse_pipeline.task_steps import Done, audit_step, build_step, daily_step, ingest_step, publish_step, record_step, refine_step

# Parents before children; what does not depend on each other may go in any order.
NAMES = ("ingest orders", "ingest shops", "refine silver.shops", "refine silver.orders", "audit", "build gold.daily", "publish", "record")


def step_of(lakehouse: Lakehouse, context: Context, name: str) -> Callable[[], Done]:
    """The function that does a task."""
    word, _, subject = name.partition(" ")
    table = context.tables.get(subject)
    if word == "ingest":
        source = next(source for source in sources_of(context) if source.name == subject)
        return partial(ingest_step, context, lakehouse.land, source)
    if word == "refine" and isinstance(table, SilverTable):
        return partial(refine_step, context, table)
    if word == "build" and isinstance(table, GoldTable):
        return partial(build_step, context, table)
    return partial({"audit": audit_step, "check": daily_step, "publish": publish_step, "record": record_step}[word], context)


def do_step(lakehouse: Lakehouse, name: str, run: str, ledger: Ledger | None = None) -> Done:
    """Does one task of a run."""
    if ledger is not None:
        return step_of(lakehouse, lakehouse.context(run, ledger)[0], name)()
    context, opened = lakehouse.context(run, label=f"the scheduler's {run}")
    with closing(opened):
        return step_of(lakehouse, context, name)()


def do_steps(lakehouse: Lakehouse, run: str, names: Sequence[str] = NAMES) -> dict[str, Done]:
    """Does tasks one after the other, as a scheduler does: after one that failed nothing but the record follows."""
    lakehouse.events.clear()
    done: dict[str, Done] = {}
    for name in names:
        if name == "record" or not any(step.has_failed for step in done.values()):
            done[name] = do_step(lakehouse, name, run)
    return done
