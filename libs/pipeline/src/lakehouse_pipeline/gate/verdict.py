"""Whether what was read back from DQOps says that a table is good. Pure: answers in, results out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lakehouse_pipeline.gate.answers import CheckStatus, Counts, Job, TableStatus
from lakehouse_pipeline.gate.configured import ConfiguredCheck
from lakehouse_pipeline.gate.gate import GateResult

_PASSED = "valid"
_WEIGHTS = {"warning": "warning", "error": "error", "fatal": "error", "execution_error": "error"}


def check_id(table: str, check: ConfiguredCheck) -> str:
    """`dqops/silver.flights/carrier/nulls_count`"""
    return "/".join(["dqops", table, *([check.column] if check.column else []), check.name])


def not_judged(table: str, reason: str) -> GateResult:
    """A gate that could not judge: a failed check of severity error."""
    return GateResult(f"dqops/{table}", False, "error", None, "a judgement", f"DQOps could not judge {table}: {reason}")


def judge(table: str, expected: Sequence[ConfiguredCheck], promised: int | None, job: Job, status: TableStatus) -> list[GateResult]:
    """A result for each expected check, and one more for whatever contradicts them.

    `promised` is how many checks the plan has for the table; `job` the finished job; `status` was read after it had ended.
    """
    doubts = [*_doubts_of_checks(expected, promised), *_doubts_of_job(len(expected), job)]
    results = [_judge_one(table, check, status_of(status, check), job.job.created_at) for check in expected]
    if job.counts is not None and not doubts:
        doubts = _contradictions(job.counts, results)
    return [*results, *(not_judged(table, doubt) for doubt in doubts)]


def _doubts_of_checks(expected: Sequence[ConfiguredCheck], promised: int | None) -> list[str]:
    if not expected:
        return ["no check is configured. Run ./lakehouse apply."]
    if promised != len(expected):
        return [f"it has {len(expected)} checks where the plan has {promised}: somebody changed them there. Run ./lakehouse apply."]
    return []


def _doubts_of_job(expected: int, job: Job) -> list[str]:
    if job.status != "finished":
        return [f"the job ended as {job.status}: {job.error_message or 'without a word'}."]
    if job.counts is None:
        return ["the job ended without a result."]
    if job.counts.executed_checks != expected:
        return [f"the job ran {job.counts.executed_checks} of {expected} checks."]
    return []


def _contradictions(counts: Counts, results: Sequence[GateResult]) -> list[str]:
    """What the job counted has to be among the results, else these are of another time."""
    failed = sum(not result.passed for result in results)
    counted = counts.warnings + counts.errors + counts.fatals + counts.execution_errors
    blocking = sum(not result.passed and result.severity == "error" for result in results)
    if counted > failed or counts.errors + counts.fatals + counts.execution_errors > blocking:
        return [f"the job counted {counted} failed checks, of which only {failed} were read back."]
    return []


def _judge_one(table: str, check: ConfiguredCheck, status: CheckStatus | None, started: datetime) -> GateResult:
    def result(passed: bool, severity: str, description: str) -> GateResult:
        return GateResult(check_id(table, check), passed, severity, None, check.expected, description)

    if check.is_disabled:
        return result(False, "error", f"{check.rule}: it is switched off in DQOps. Run ./lakehouse apply.")
    if status is None or status.last_executed_at is None or status.current_severity is None:
        return result(False, "error", f"{check.rule}: it has no result.")
    # The server tells the start of a job more precisely than that of a check.
    if status.last_executed_at < started.replace(microsecond=started.microsecond // 1000 * 1000):
        return result(
            False, "error", f"{check.rule}: its newest result is of {status.last_executed_at:%Y-%m-%d %H:%M:%S}, before the gate."
        )
    if status.current_severity == _PASSED:
        return result(True, check.severity if check.severity == "warning" else "error", check.rule)
    return result(False, weight(status.current_severity), f"{check.rule}: {status.current_severity.replace('_', ' ')}")


def weight(severity: str) -> str:
    """What a check that ended with a severity of DQOps weighs here: warning or error."""
    return _WEIGHTS.get(severity, "error")


def status_of(status: TableStatus, check: ConfiguredCheck) -> CheckStatus | None:
    """The newest result of a check, if it has one."""
    if check.column is None:
        return status.checks.get(check.name)
    column = status.columns.get(check.column)
    return column.checks.get(check.name) if column else None
