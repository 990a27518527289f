from __future__ import annotations

from collections.abc import Callable

from lakehouse_pipeline.build import gold_action
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.ingest import Source, pending_manifests
from lakehouse_pipeline.landing.manifest import Manifest
from lakehouse_pipeline.refine import pending_work
from lakehouse_pipeline.retry import must_retry

Step = dict[str, object]


def preview(context: Context, landed: Callable[[Source], list[Manifest]]) -> list[Step]:
    """What a run would do to each table, from the logs alone: nothing, append, rebuild or recompute, and why. Lands nothing."""
    steps: list[Step] = []
    changing: set[str] = set()
    arriving: set[str] = set()
    for source in (source for source in context.plan.sources if source.domain == context.domain):
        pending = pending_manifests(context, source, landed(source))
        rows = sum(manifest.rows for manifest in pending)
        reason = "landed and not ingested yet" if pending else "nothing new has landed; a run asks its source first"
        steps.append(_step(source.table, "append" if pending else "nothing", reason, len(pending), rows))
        if pending:
            arriving.add(source.table)
    for table in context.silver:
        work = pending_work(context, table)
        if work is not None and work.rebuild:
            action, reason, batches = "rebuild", work.rebuild, len(work.work.batches)
        elif work is not None or table.origin in arriving:
            action, reason, batches = "append", f"new batches in {table.origin}", len(work.work.batches) if work else 0
        elif must_retry(context, table):
            action, reason, batches = "append", "rows wait for a parent that changed", 0
        else:
            action, reason, batches = "nothing", "its origin did not change", 0
        steps.append(_step(table.name, action, reason, batches, None))
        if action != "nothing":
            changing.add(table.name)
    rebuilt: set[str] = set()
    for gold in context.gold:
        decided = gold_action(context, gold, rebuilt, changing)
        steps.append(_step(gold.name, decided.kind, decided.reason, 0, None))
        if decided.kind != "nothing":
            rebuilt.add(gold.name)
    return steps


def _step(table: str, action: str, reason: str, batches: int, rows: int | None) -> Step:
    return {"table": table, "action": action, "reason": reason, "batches": batches, "rows": rows}
