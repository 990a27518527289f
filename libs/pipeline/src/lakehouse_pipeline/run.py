"""One run of a domain: land, ingest, refine, audit, build, audit, publish, record."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from lakehouse_pipeline.audit import audit_silver
from lakehouse_pipeline.build import Candidate, gold_action
from lakehouse_pipeline.candidate import any_blocks, build_and_audit, stands_on
from lakehouse_pipeline.conduct import Outcome, UnreadSource, conduct, start_spark
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import exists
from lakehouse_pipeline.events import problem
from lakehouse_pipeline.ingest import Source, pending_manifests
from lakehouse_pipeline.ingestion import Land, ingest_all, land_source, sources_of
from lakehouse_pipeline.landing.manifest import Manifest
from lakehouse_pipeline.parallel import in_order, in_parallel
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.publish import publish, roll_forward
from lakehouse_pipeline.refinement import refine_all, refinement_due
from lakehouse_pipeline.verdict import standing_verdict, tables_to_audit


def run(context: Context, land: Land, until: str | None = None) -> Outcome:
    """Runs the context's domain; the caller holds its lock. A run that finds nothing to do starts no Spark and records nothing."""

    def prepare(outcome: Outcome) -> partial[None] | None:
        landed = _land_all(context, land, outcome)
        return partial(_work, context, landed, until, outcome) if _anything_to_do(context, landed, until) else None

    return conduct(context, prepare)


def _land_all(context: Context, land: Land, outcome: Outcome) -> dict[str, list[Manifest]]:
    """All manifests of each source that could be read; the others are among the outcome's failures."""
    sources = sources_of(context)
    landed = in_parallel([partial(_land, context, land, source) for source in sources])
    outcome.failures += [found for found in landed if isinstance(found, UnreadSource)]
    return {source.name: found for source, found in zip(sources, landed, strict=True) if not isinstance(found, UnreadSource)}


def _land(context: Context, land: Land, source: Source) -> list[Manifest] | UnreadSource:
    try:
        return land_source(context, land, source)
    except LakehouseError as error:
        problem(context.emit, "error", error.code, error.subject, error.message, error.fix)
        return UnreadSource(source.name, source.table, error)


def _anything_to_do(context: Context, landed: dict[str, list[Manifest]], until: str | None) -> bool:
    if context.ledger.intended_release(context.domain) is not None:
        return True
    if any(pending_manifests(context, source, landed.get(source.name, [])) for source in sources_of(context)):
        return True
    if any(refinement_due(context, table) for table in context.silver):
        return True
    if context.ledger.last_status(context.domain) == "auditFailed":
        return True
    if any(exists(context.warehouse.location(table.name)) and not standing_verdict(context, table) for table in context.silver):
        return True
    return until is None and any(gold_action(context, table, set()).kind != "nothing" for table in context.gold)


def _work(context: Context, landed: dict[str, list[Manifest]], until: str | None, outcome: Outcome) -> None:
    start_spark(context)
    rolled = roll_forward(context)
    in_parallel([partial(ingest_all, context, source, landed.get(source.name, [])) for source in sources_of(context)])
    judge_and_publish(context, refine_all(context), until, outcome)
    if outcome.status == "published":
        outcome.release = outcome.release or rolled


def judge_and_publish(context: Context, touched: Collection[str], until: str | None, outcome: Outcome) -> None:
    """Audits silver, of it the tables that were `touched` in any case; builds, audits and publishes gold where that passes."""
    audits = in_parallel([partial(audit_silver, context, table) for table in tables_to_audit(context, touched)])
    outcome.results += [result for results in audits for result in results]
    if any_blocks(outcome.results):
        outcome.status = "auditFailed"
    elif until == "silver":
        outcome.status = "refined"
    else:
        _gold(context, outcome)


def _gold(context: Context, outcome: Outcome) -> None:
    candidates: dict[str, Candidate] = {}
    built = in_order(context.gold, lambda table: table.inputs, lambda table: build_and_audit(context, table, candidates))
    outcome.results += [result for entry in built for result in entry.results]
    if any_blocks(outcome.results):
        outcome.status = "auditFailed"
        return
    release = publish(context, list(candidates.values()), stands_on(context))
    outcome.release = release if candidates else None
    outcome.status = "published"
