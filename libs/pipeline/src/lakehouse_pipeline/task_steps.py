"""The steps of a run as tasks: what each finds to do, does and answers. They share the code of `run`; the caller holds their locks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from lakehouse_pipeline.audit import CheckResult, audit_silver, check_daily
from lakehouse_pipeline.candidate import any_blocks, build_and_audit, stands_on
from lakehouse_pipeline.conduct import record_all, start_spark
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import exists
from lakehouse_pipeline.gate.client import GateError
from lakehouse_pipeline.ingest import Source, pending_manifests
from lakehouse_pipeline.ingestion import Land, ingest_all, land_source
from lakehouse_pipeline.kept_candidates import standing_candidates, upstream_of
from lakehouse_pipeline.parallel import in_parallel
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.publish import publish, roll_forward
from lakehouse_pipeline.refinement import refine_table, refinement_due
from lakehouse_pipeline.schema.plan import GoldTable, SilverTable
from lakehouse_pipeline.task import (
    Task,
    audit_task,
    begun,
    build_task,
    daily_task,
    ingest_task,
    publish_task,
    recorded,
    refine_task,
    release_of,
    tables_released,
)
from lakehouse_pipeline.verdict import all_passed, tables_to_audit, verdicts

_FAILED = "auditFailed"


@dataclass(frozen=True)
class Done:
    """What a task came to. `changed`: false where there was nothing to do; `facts`: what else it answers."""

    status: str
    changed: bool = True
    release: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def has_failed(self) -> bool:
        return self.status == _FAILED


def ingest_step(context: Context, land: Land, source: Source, attempt: int | None = None) -> Done:
    """Lands a source, then appends what landed to bronze."""
    landed = land_source(context, land, source)
    pending = pending_manifests(context, source, landed)

    def do() -> Done:
        if pending:
            start_spark(context)
        rows = ingest_all(context, source, landed)
        return Done("ingested", facts={"table": source.table, "rows": rows, "batches": [manifest.batch for manifest in pending]})

    return _perform(context, ingest_task(source), attempt, bool(pending), do)


def refine_step(context: Context, table: SilverTable, attempt: int | None = None) -> Done:
    """All pending work and waiting rows of one silver table."""
    due = refinement_due(context, table)

    def do() -> Done:
        if due:
            start_spark(context)
        accounting = refine_table(context, table)
        return Done("refined", facts={"table": table.name, "accounting": accounting.as_event() if accounting else None})

    return _perform(context, refine_task(table), attempt, due, do)


def audit_step(context: Context, attempt: int | None = None) -> Done:
    """The audit of silver: tables that changed or did not pass, or have batches that no release stands on."""
    tables = tables_to_audit(context)

    def do() -> Done:
        if any(check.scope == "table" for table in tables for check in table.checks):
            start_spark(context)
        results = [result for found in in_parallel([partial(audit_silver, context, table) for table in tables]) for result in found]
        status = _FAILED if any_blocks(results) else "passed"
        return Done(status, facts={"tables": [table.name for table in tables], "checks": _described(results)})

    return _perform(context, audit_task(context), attempt, bool(tables), do)


def build_step(context: Context, table: GoldTable, attempt: int | None = None) -> Done:
    """One gold candidate, built and audited; one that stands already is kept.

    Raises LakehouseError LH2117 where silver was not audited as it stands, LH2118 where a gold table that it reads was not built.
    """
    standing = standing_candidates(context)
    upstream = upstream_of(context, table)
    due = table.name not in standing.candidates and bool({table.name, *upstream} & {*standing.missing, *standing.failed})

    def do() -> Done:
        facts: dict[str, object] = {"table": table.name}
        if table.name in standing.candidates or not due:
            return Done("built", facts=facts)
        if not all_passed(context):
            return Done(_FAILED, facts={**facts, "failed": [name for name, passed in verdicts(context).items() if not passed]})
        _require_built(upstream & {*standing.missing})
        if upstream & {*standing.failed}:
            return Done(_FAILED, facts={**facts, "failed": sorted(upstream & {*standing.failed})})
        start_spark(context)
        built = build_and_audit(context, table, dict(standing.candidates))
        return Done(_FAILED if any_blocks(built.results) else "built", facts={**facts, "checks": _described(built.results)})

    done = _perform(context, build_task(context, table), attempt, due, do)
    # A candidate that waits for its publish is something to do for whoever publishes, whichever run built it.
    return Done("built", facts={"table": table.name}) if not done.changed and table.name in standing.candidates else done


def publish_step(context: Context, attempt: int | None = None) -> Done:
    """Publishes all candidates of the domain, if all passed; a release that a crash left half-way goes first.

    Raises LakehouseError LH2117 where silver was not audited as it stands, LH2118 where a gold table was not built as its inputs stand.
    """
    left = context.ledger.intended_release(context.domain)
    standing = standing_candidates(context)
    due = left is not None or bool(standing.candidates or standing.missing or standing.failed)

    def do() -> Done:
        if not due:
            return Done("published", release=release_of(context))
        start_spark(context)
        rolled = roll_forward(context)
        found = standing_candidates(context) if left else standing
        if not all_passed(context) or found.failed:
            failed = [name for name, passed in verdicts(context).items() if not passed] + found.failed
            return Done(_FAILED, release=rolled, facts={"failed": failed})
        _require_built(set(found.missing))
        candidates = list(found.candidates.values())
        release = publish(context, candidates, stands_on(context))
        releases = [*([rolled] if rolled else []), *([release] if candidates else [])]
        return Done("published", release=releases[-1] if releases else None, facts={"tables": tables_released(context, releases)})

    done = _perform(context, publish_task(context), attempt, due, do)
    if not due and stands_on(context) and all(verdicts(context).values()):
        # No gold table has anything to do; batches that passed count as released all the same.
        publish(context, [], stands_on(context))
    if done.release is not None and "tables" not in done.facts:
        return replace(done, facts={**done.facts, "tables": tables_released(context, [done.release])})
    return done


def daily_step(context: Context, attempt: int | None = None) -> Done:
    """DQOps' checks of the day over the published tables of the domain. They block nothing. Raises LakehouseError LH2125 where it fails."""
    known: list[SilverTable | GoldTable] = [*context.silver, *context.gold]
    tables = [table for table in known if exists(context.warehouse.location(table.name))]

    def do() -> Done:
        try:
            results = [result for table in tables for result in check_daily(context, table)]
        except GateError as problem:
            raise LakehouseError("LH2125", context.domain, f"DQOps cannot run its daily checks: {problem}", "Run it again.") from problem
        failed = [result.check for result in results if not result.passed]
        return Done("checked", facts={"tables": [table.name for table in tables], "judged": len(results), "failed": failed})

    return _perform(context, daily_task(context), attempt, bool(tables) and not context.gate.is_open, do)


def record_step(context: Context) -> Done:
    """The ledger into the tables of ops, and all tables into the catalog. It is no part of the run that it records."""
    runs, tables = record_all(context)
    facts = {"runs": runs, "tables": tables}
    return Done("recorded", facts=facts) if runs or tables else Done("nothingNew", changed=False, facts=facts)


def _perform(context: Context, task: Task, attempt: int | None, due: bool, do: Callable[[], Done]) -> Done:
    """Does what is due, and answers as a predecessor of the same task would have that did it and could not say so."""
    before = begun(context, task)
    if not due and before is None:
        return Done("nothingNew", changed=False)
    if not due and before is not None and before["finished_at"] is not None and before["status"] not in ("failed", "interrupted", _FAILED):
        return Done(before["status"], release=before["release"])
    with recorded(context, task, attempt) as report:
        done = do()
        report.status, report.release = done.status, done.release
    return done


def _require_built(missing: set[str]) -> None:
    if missing:
        names = ", ".join(sorted(missing))
        raise LakehouseError(
            "LH2118", names, "there is no candidate built of its inputs as they are.", "Run `build` for it, then this again."
        )


def _described(results: list[CheckResult]) -> list[dict[str, object]]:
    return [{key: value for key, value in result.as_event().items() if key != "event"} for result in results]
