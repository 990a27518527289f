"""The judgement before anything is published: batches, tables and gold candidates against their contracts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lakehouse_pipeline.comparison import expectation, passes
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import exists
from lakehouse_pipeline.events import step
from lakehouse_pipeline.gate.gate import GateResult
from lakehouse_pipeline.incidents import Failure, note_verdict
from lakehouse_pipeline.known_tables import enter_tables, table_names
from lakehouse_pipeline.late_measures import measure_late
from lakehouse_pipeline.ledger_rows import now
from lakehouse_pipeline.measure import Measured, measure_name, table_measures
from lakehouse_pipeline.schema.plan import Check, GoldTable, SilverTable
from lakehouse_pipeline.silver_table import silver_state
from lakehouse_pipeline.sql import NameOf
from lakehouse_pipeline.verdict import judged, set_verdict
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
    what = judged(context, table)
    with step(context.emit, "audit", table.name) as report:
        results = [*_audit_batches(context, table), *audit_table(context, table, sql_identifier(location), context.name_of)]
        results += _gate_results(context, table, table.name)
        report.detail = _verdict_of(context, results)
    _record(context, table, results)
    set_verdict(context, table, what, not any(result.blocks for result in results))
    return results


def audit_candidate(context: Context, table: GoldTable, relation: str, name_of: NameOf) -> list[CheckResult]:
    """Judges a gold candidate as it would stand if it were published; `name_of` names the inputs that it was built from."""
    with step(context.emit, "audit", table.name) as report:
        results = [
            *audit_table(context, table, relation, name_of),
            *_gate_results(context, table, f"staging.{table.name.split('.', 1)[1]}"),
        ]
        report.detail = _verdict_of(context, results)
    _record(context, table, results)
    return results


def check_daily(context: Context, table: SilverTable | GoldTable) -> list[CheckResult]:
    """What the checks of each day say of a table as it is published. They are recorded, and block nothing: DQOps opens incidents."""
    with step(context.emit, "audit", table.name, "daily checks") as report:
        found = context.gate.check_daily(context.run, context.plan.hash, table.name)
        results = [_of_gate(table, result) for result in found]
        report.detail = f"daily checks: {verdict(results)}"
    for result in results:
        context.emit(result.as_event())
    context.ledger.add_check_results([_row(context.run, result) for result in results])
    return results


def audit_table(context: Context, table: SilverTable | GoldTable, judged: str, name_of: NameOf) -> list[CheckResult]:
    """The checks of scope table; `judged` is how SQL names what is judged."""
    checks = [check for check in table.checks if check.scope == "table"]
    measured = table_measures(context.spark, checks, judged, name_of, context.as_of) if checks else {}
    return [_judge(table, check, None, measured[check.id]) for check in checks]


def _gate_results(context: Context, table: SilverTable | GoldTable, judged: str) -> list[CheckResult]:
    """What the gate says of a table, which it asks for by the name `judged`."""
    if context.gate.is_open:
        return []
    # It may be the first run, or another domain's tables that checks refer to are new.
    enter_tables(context, table_names(context))
    return [_of_gate(table, result) for result in context.gate.judge(context.run, context.plan.hash, judged)]


def _of_gate(table: SilverTable | GoldTable, result: GateResult) -> CheckResult:
    dimensions = {check.id: check.dimension for check in table.checks}
    return CheckResult(
        check=result.check,
        table=table.name,
        batch=None,
        passed=result.passed,
        severity=result.severity,
        # Its description begins with the rule of the contract that it judges by.
        dimension=dimensions.get(result.description.split(": ", 1)[0]),
        actual=result.actual,
        expected=result.expected,
        description=result.description,
    )


def _verdict_of(context: Context, results: Sequence[CheckResult]) -> str:
    return ", ".join([verdict(results), *([context.gate.note] if context.gate.note else [])])


def _audit_batches(context: Context, table: SilverTable) -> list[CheckResult]:
    epoch = silver_state(table, context.warehouse.location(table.name)).epoch
    held = {entry.batch for entry in context.ledger.ingested(table.origin) if entry.held}
    rejected = context.ledger.rejected(table.name, epoch)
    checks = [check for check in table.checks if check.scope == "batch"]
    batches = [batch for batch in context.ledger.unreleased(table.name, epoch) if batch not in held]
    measure_late(context, table, epoch, batches)
    results = []
    for batch in batches:
        results.append(_quarantined(table, batch, *rejected.get(batch, (0, 0))))
        measures = context.ledger.measures(table.name, epoch, batch)
        results += [_judge(table, check, batch, Measured(measures[measure_name(check)])) for check in checks]
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


def _record(context: Context, table: SilverTable | GoldTable, results: Sequence[CheckResult]) -> None:
    for result in results:
        context.emit(result.as_event())
    failures = [Failure(result.table, result.dimension, result.check, result.description) for result in results if result.blocks]
    note_verdict(context.ledger, context.domain, context.run, [table.name], failures)
    context.ledger.add_check_results([_row(context.run, result) for result in results])


def _row(run: str, result: CheckResult) -> tuple[object, ...]:
    verdict_of = (result.table, result.batch, result.check, int(result.passed), result.severity)
    return (run, *verdict_of, result.dimension, result.actual, result.expected, result.description, now())
