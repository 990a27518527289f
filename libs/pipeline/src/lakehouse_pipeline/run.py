"""One run of a domain: land, ingest, refine, audit, build, audit, publish, record."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from lakehouse_pipeline.audit import CheckResult, audit_candidate, audit_silver
from lakehouse_pipeline.build import Candidate, build, gold_action, input_names
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import exists
from lakehouse_pipeline.events import problem, step
from lakehouse_pipeline.ingest import Source, ingest, pending_manifests
from lakehouse_pipeline.known_tables import enter_tables, table_names
from lakehouse_pipeline.landing.manifest import Manifest
from lakehouse_pipeline.ledger import ReleasedBatch
from lakehouse_pipeline.parallel import in_order, in_parallel
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.publish import publish, roll_forward
from lakehouse_pipeline.record import record
from lakehouse_pipeline.refine import pending_work, references_of, refine
from lakehouse_pipeline.retry import must_retry, retry_waiting
from lakehouse_pipeline.schema.plan import GoldTable, SilverTable
from lakehouse_pipeline.silver_table import silver_state

Land = Callable[[Source], list[Manifest]]
"""Extracts what is new of a source and returns all manifests of it that have landed."""


@dataclass
class Outcome:
    """What a run came to. `failures`: sources that could not be read; the rest of the run went on."""

    status: str
    release: str | None = None
    results: list[CheckResult] = field(default_factory=list)
    failures: list[LakehouseError] = field(default_factory=list)


def run(context: Context, land: Land, until: str | None = None) -> Outcome:
    """Runs the context's domain; the caller holds its lock. A run that finds nothing to do starts no Spark and records nothing."""
    started = time.monotonic()
    context.emit({"event": "runStarted", "run": context.run, "domain": context.domain, "plan": context.plan.hash})
    context.ledger.close_abandoned_runs(context.domain)
    outcome = Outcome("failed")
    try:
        landed = _land_all(context, land, outcome)
        due = _anything_to_do(context, landed, until)
        if not due and not outcome.failures:
            outcome.status = "nothingNew"
            _record(context)
            return outcome
        context.ledger.start_run(context.run, context.domain, context.plan.hash)
        try:
            if due:
                _work(context, landed, until, outcome)
        except BaseException as error:
            outcome.status = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
            context.ledger.finish_run(context.run, outcome.status, str(error)[:2000], None)
            record(context)
            raise
        context.ledger.finish_run(
            context.run,
            outcome.status,
            "; ".join(str(failure) for failure in outcome.failures) or None,
            outcome.release,
        )
        _record(context)
        return outcome
    finally:
        seconds = round(time.monotonic() - started, 3)
        context.emit(
            {
                "event": "runFinished",
                "run": context.run,
                "status": outcome.status,
                "seconds": seconds,
                "release": outcome.release,
            }
        )


def _record(context: Context) -> None:
    record(context)
    enter_tables(context, table_names(context))


def _land_all(context: Context, land: Land, outcome: Outcome) -> dict[str, list[Manifest]]:
    """All manifests of each source that could be read; the others are among the outcome's failures."""
    sources = _sources(context)
    landed = in_parallel([partial(_land, context, land, source) for source in sources])
    outcome.failures += [found for found in landed if isinstance(found, LakehouseError)]
    return {source.name: found for source, found in zip(sources, landed, strict=True) if not isinstance(found, LakehouseError)}


def _land(context: Context, land: Land, source: Source) -> list[Manifest] | LakehouseError:
    try:
        with step(context.emit, "land", source.name) as report:
            manifests = land(source)
            done = {entry.batch for entry in context.ledger.ingested(source.table)}
            fresh = [manifest for manifest in manifests if manifest.batch not in done]
            report.rows = sum(manifest.rows for manifest in fresh)
            report.detail = f"{len(fresh)} new batch{'' if len(fresh) == 1 else 'es'}" if fresh else "nothing new"
    except LakehouseError as error:
        problem(context.emit, "error", error.code, error.subject, error.message, error.fix)
        return error
    return manifests


def _anything_to_do(context: Context, landed: dict[str, list[Manifest]], until: str | None) -> bool:
    if context.ledger.intended_release(context.domain) is not None:
        return True
    if any(pending_manifests(context, source, landed.get(source.name, [])) for source in _sources(context)):
        return True
    if any(pending_work(context, table) or must_retry(context, table) for table in context.silver):
        return True
    if context.ledger.last_status(context.domain) == "auditFailed":
        return True
    return until is None and any(gold_action(context, table, set()).kind != "nothing" for table in context.gold)


def _work(context: Context, landed: dict[str, list[Manifest]], until: str | None, outcome: Outcome) -> None:
    with step(context.emit, "start", "spark") as report:
        report.detail = f"Spark {context.spark.version}"
    rolled = roll_forward(context)
    in_parallel([partial(_ingest_all, context, source, landed.get(source.name, [])) for source in _sources(context)])
    touched = _refine_all(context)
    audits = in_parallel([partial(audit_silver, context, table) for table in _to_audit(context, touched)])
    outcome.results += [result for results in audits for result in results]
    if any(result.blocks for result in outcome.results):
        outcome.status = "auditFailed"
    elif until == "silver":
        outcome.status = "refined"
    else:
        _gold(context, outcome)
        outcome.release = outcome.release or rolled


def _refine_all(context: Context) -> set[str]:
    """Parents go before the tables that refer to them; returns the tables that changed."""
    tables = context.silver
    worked = in_order(tables, lambda table: [reference.parent for reference in references_of(table)], partial(_refine_table, context))
    return {table.name for table, touched in zip(tables, worked, strict=True) if touched}


def _refine_table(context: Context, table: SilverTable) -> bool:
    touched = False
    while True:
        if must_retry(context, table):
            retry_waiting(context, table)
            touched = True
        pending = pending_work(context, table)
        if pending is None:
            return touched
        refine(context, table, pending)
        touched = True


def _to_audit(context: Context, touched: set[str]) -> list[SilverTable]:
    """Tables that changed, and those with batches that no release stands on yet: their verdict is still open."""
    location = context.warehouse.location
    return [
        table
        for table in context.silver
        if exists(location(table.name))
        and (table.name in touched or context.ledger.unreleased(table.name, silver_state(table, location(table.name)).epoch))
    ]


def _ingest_all(context: Context, source: Source, landed: list[Manifest]) -> None:
    while pending := pending_manifests(context, source, landed):
        ingest(context, source, pending)


def _gold(context: Context, outcome: Outcome) -> None:
    candidates: dict[str, Candidate] = {}
    judged = in_order(context.gold, lambda table: table.inputs, partial(_candidate, context, candidates))
    outcome.results += [result for results in judged for result in results]
    if any(result.blocks for result in outcome.results):
        outcome.status = "auditFailed"
        return
    release = publish(context, list(candidates.values()), _stands_on(context))
    outcome.release = release if candidates else None
    outcome.status = "published"


def _candidate(context: Context, candidates: dict[str, Candidate], table: GoldTable) -> list[CheckResult]:
    """Builds and judges one table, and puts its candidate among those that later tables read."""
    action = gold_action(context, table, set(candidates))
    if action.kind == "nothing":
        if "never filled" in action.reason:
            problem(context.emit, "warning", "LH2108", table.name, f"not built: {action.reason}.", "See why its source brought nothing.")
        return []
    name_of = input_names(context, action.inputs, candidates)
    candidate = build(context, table, action, name_of)
    if candidate is None:
        return []
    candidates[table.name] = candidate
    return audit_candidate(context, table, candidate.relation, name_of)


def _stands_on(context: Context) -> list[ReleasedBatch]:
    epochs = {table.name: silver_state(table, context.warehouse.location(table.name)).epoch for table in context.silver}
    return [(name, epoch, batch) for name, epoch in epochs.items() for batch in context.ledger.unreleased(name, epoch)]


def _sources(context: Context) -> Sequence[Source]:
    return [source for source in context.plan.sources if source.domain == context.domain]
