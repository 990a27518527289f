"""The daily checks of a table: started by a scheduler, and read back as far as they have a result."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date

from lakehouse_pipeline.gate.answers import CheckStatus, TableStatus
from lakehouse_pipeline.gate.client import DqopsClient
from lakehouse_pipeline.gate.configured import ConfiguredCheck, daily_checks
from lakehouse_pipeline.gate.gate import GateResult
from lakehouse_pipeline.gate.patient_server import PatientServer
from lakehouse_pipeline.gate.verdict import check_id, status_of, weight

DAILY = "daily/"
"""How the ids of daily checks begin."""


def check_daily(client: DqopsClient, server: PatientServer, run: str, plan: str, table: str) -> list[GateResult]:
    """Has DQOps run the daily checks of a table, and returns the results of this day.

    A check may have none: an anomaly needs a month of history. Raises GateError where the server cannot be asked, or its job failed.
    """
    server.await_plan(plan)
    expected = daily_checks(server.ask(lambda: client.table(table)))
    if not expected:
        return []
    job = server.run(f"{run}-daily-{table}-{secrets.token_hex(4)}", table, "monitoring")
    if job.status != "finished":
        raise server.failed(job)
    status = server.ask(lambda: client.status(table, "monitoring"))
    return results_of(table, expected, status, job.job.created_at.date())


def results_of(table: str, expected: Sequence[ConfiguredCheck], status: TableStatus, day: date) -> list[GateResult]:
    """What the server holds of `day` (its own). DQOps keeps the last result of a day and skips a rule whose number did not change since."""
    found = [(check, status_of(status, check)) for check in expected]
    return [_result(table, check, result) for check, result in found if result and _is_of(result, day)]


def _is_of(result: CheckStatus, day: date) -> bool:
    return result.current_severity is not None and result.last_executed_at is not None and result.last_executed_at.date() >= day


def _result(table: str, check: ConfiguredCheck, result: CheckStatus) -> GateResult:
    severity = result.current_severity or ""
    passed = severity == "valid"
    name = DAILY + check_id(table, check).removeprefix("dqops/")
    described = check.rule if passed else f"{check.rule}: {severity.replace('_', ' ')}"
    return GateResult(
        name, passed, check.severity if passed and check.severity == "warning" else weight(severity), None, check.expected, described
    )
