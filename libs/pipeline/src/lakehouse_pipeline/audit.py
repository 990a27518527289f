"""The judgement before anything is published: batches, tables and gold candidates against their contracts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lakehouse_pipeline.comparison import expectation, passes
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import exists
from lakehouse_pipeline.events import step
from lakehouse_pipeline.ledger import now
from lakehouse_pipeline.measure import Measured, table_measures
from lakehouse_pipeline.schema.plan import Check, GoldTable, SilverTable
from lakehouse_pipeline.silver_table import silver_state
from lakehouse_pipeline.sql import NameOf
from lakehouse_pipeline.warehouse import sql_identifier


@dataclass(frozen=True)
class CheckResult:
    """The verdict on one check. A check that could not be evaluated has no `actual` and did not pass."""

    check: str
    table: str
    batch: str | None
    passed: bool
    severity: str
    dimension: str | None
    actual: float | None
    expected: str
    description: str

    @property
    def blocks(self) -> bool:
        return not self.passed and self.severity == "error"

    def as_event(self) -> dict[str, object]:
        names = ("check", "table", "batch", "passed", "severity", "actual", "expected", "description")
        return {"event": "checkFinished", **{name: getattr(self, name) for name in names}}


def audit_silver(context: Context, table: SilverTable) -> list[CheckResult]:
    """Judges the batches that no release stands on yet, and the table as it is."""
    location = context.warehouse.location(table.name)
    if not exists(location):
        return []
    with step(context.emit, "audit", table.name) as report:
        results = [*_audit_batches(context, table), *audit_table(context, table, sql_identifier(location), context.name_of)]
        report.detail = verdict(results)
    _record(context, results)
    return results


def audit_candidate(context: Context, table: GoldTable, relation: str, name_of: NameOf) -> list[CheckResult]:
    """Judges a gold candidate as it would stand if it were published; `name_of` names the inputs that it was built from."""
    with step(context.emit, "audit", table.name) as report:
        results = audit_table(context, table, relation, name_of)
        report.detail = verdict(results)
    _record(context, results)
    return results


def audit_table(context: Context, table: SilverTable | GoldTable, judged: str, name_of: NameOf) -> list[CheckResult]:
    """The checks of scope table; `judged` is how SQL names what is judged."""
    checks = [check for check in table.checks if check.scope == "table"]
    measured = table_measures(context.spark, checks, judged, name_of, context.as_of) if checks else {}
    return [_judge(table, check, None, measured[check.id]) for check in checks]


def _audit_batches(context: Context, table: SilverTable) -> list[CheckResult]:
    epoch = silver_state(table, context.warehouse.location(table.name)).epoch
    held = {entry.batch for entry in context.ledger.ingested(table.origin) if entry.held}
    rejected = context.ledger.rejected(table.name, epoch)
    results = []
    for batch in context.ledger.unreleased(table.name, epoch):
        if batch in held:
            continue
        results.append(_quarantined(table, batch, *rejected.get(batch, (0, 0))))
        measures = context.ledger.measures(table.name, epoch, batch)
        results += [_judge(table, check, batch, Measured(measures[check.id])) for check in table.checks if check.id in measures]
    return results


def _quarantined(table: SilverTable, batch: str, read: int, rejected: int) -> CheckResult:
    percent = 100.0 * rejected / read if read else 0.0
    return CheckResult(
        check=f"{table.name}/maxQuarantine",
        table=table.name,
        batch=batch,
        passed=percent <= table.max_quarantine,
        severity="error",
        dimension="conformity",
        actual=percent,
        expected=f"≤ {table.max_quarantine:g} %",
        description="Rows of the batch in quarantine.",
    )


def _judge(table: SilverTable | GoldTable, check: Check, batch: str | None, measured: Measured) -> CheckResult:
    return CheckResult(
        check=check.id,
        table=table.name,
        batch=batch,
        passed=measured.value is not None and passes(check.comparison, measured.value),
        severity=check.severity,
        dimension=check.dimension,
        actual=measured.value,
        expected=expectation(check),
        description=f"{check.description} ({measured.error})" if measured.error else check.description,
    )


def verdict(results: Sequence[CheckResult]) -> str:
    """`12 passed, 1 warning, 2 failed`."""
    failed = sum(result.blocks for result in results)
    warned = sum(not result.passed for result in results) - failed
    parts = {"passed": len(results) - failed - warned, "warned": warned, "failed": failed}
    return ", ".join(f"{count} {word}" for word, count in parts.items() if count or word == "passed")


def _record(context: Context, results: Sequence[CheckResult]) -> None:
    for result in results:
        context.emit(result.as_event())
    context.ledger.add_check_results([_row(context.run, result) for result in results])


def _row(run: str, result: CheckResult) -> tuple[object, ...]:
    verdict_of = (result.table, result.batch, result.check, int(result.passed), result.severity)
    return (run, *verdict_of, result.dimension, result.actual, result.expected, result.description, now())
