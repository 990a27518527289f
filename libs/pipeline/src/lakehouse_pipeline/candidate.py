"""One gold table: its candidate, built, kept and judged."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from lakehouse_pipeline.audit import CheckResult, audit_candidate
from lakehouse_pipeline.build import Candidate, GoldAction, build, candidate_relation, gold_action, input_names
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.events import problem
from lakehouse_pipeline.kept_candidates import drop_candidate, judge_candidate, keep_candidate
from lakehouse_pipeline.ledger_rows import ReleasedBatch
from lakehouse_pipeline.schema.plan import GoldTable
from lakehouse_pipeline.silver_table import silver_state


@dataclass
class Built:
    """What a gold table came to: no candidate where nothing was to do or no key was touched."""

    action: GoldAction
    results: list[CheckResult] = field(default_factory=list)


def build_and_audit(context: Context, table: GoldTable, candidates: dict[str, Candidate]) -> Built:
    """Builds and judges one table, and puts its candidate among those that later tables read."""
    action = gold_action(context, table, set(candidates))
    if action.kind == "nothing":
        if "never filled" in action.reason:
            problem(context.emit, "warning", "LH2108", table.name, f"not built: {action.reason}.", "See why its source brought nothing.")
        return Built(action)
    drop_candidate(context, table.name)
    upstream = dict(candidates)
    name_of = input_names(context, action.inputs, upstream)
    candidate = build(context, table, action, name_of)
    keep_candidate(context, table, action, candidate, upstream)
    if candidate is None:
        return Built(action)
    candidates[table.name] = candidate
    results = audit_candidate(context, table, candidate_relation(context, candidate), name_of)
    judge_candidate(context, table, not any_blocks(results))
    return Built(action, results)


def any_blocks(results: Collection[CheckResult]) -> bool:
    """Whether one of the verdicts stands against publishing."""
    return any(result.blocks for result in results)


def stands_on(context: Context) -> list[ReleasedBatch]:
    """The batches that a release of now stands on and no earlier one did."""
    epochs = {table.name: silver_state(table, context.warehouse.location(table.name)).epoch for table in context.silver}
    return [(name, epoch, batch) for name, epoch in epochs.items() for batch in context.ledger.unreleased(name, epoch)]
