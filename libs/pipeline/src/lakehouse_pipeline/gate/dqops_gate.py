"""The gate that asks DQOps: starts the checks of one table, waits for them, and judges by what it reads back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from lakehouse_pipeline.gate.answers import Job
from lakehouse_pipeline.gate.client import DqopsClient, GateError
from lakehouse_pipeline.gate.configured import ConfiguredCheck, configured_checks, promised_checks
from lakehouse_pipeline.gate.daily import check_daily
from lakehouse_pipeline.gate.gate import GateResult
from lakehouse_pipeline.gate.patient_server import Patience, PatientServer
from lakehouse_pipeline.gate.verdict import judge, not_judged


class DqopsGate:
    """Judges by DQOps. Whatever goes wrong on the way is a failed check, never an exception and never a pass."""

    def __init__(self, client: DqopsClient, patience: Patience | None = None) -> None:
        self._client = client
        self._server = PatientServer(client, patience or Patience())

    @property
    def is_open(self) -> bool:
        return False

    @property
    def note(self) -> str:
        return ""

    def judge(self, run: str, plan: str, table: str) -> Sequence[GateResult]:
        try:
            self._server.await_plan(plan)
            spec = self._server.ask(lambda: self._client.table(table))
            expected = configured_checks(spec)
            job = self._server.run(f"{run}-{table}-{secrets.token_hex(4)}", table)
            status = self._server.ask(lambda: self._client.status(table))
            results = judge(table, expected, promised_checks(spec), job, status)
            return self._explained(table, expected, results, job)
        except GateError as problem:
            return [not_judged(table, str(problem))]

    def check_daily(self, run: str, plan: str, table: str) -> Sequence[GateResult]:
        return check_daily(self._client, self._server, run, plan, table)

    def _explained(self, table: str, expected: Sequence[ConfiguredCheck], results: Sequence[GateResult], job: Job) -> list[GateResult]:
        """The results, those that did not pass with the measured number or the error. Without them the verdict is the same."""
        return [
            self._explain(table, expected[index], result, job) if index < len(expected) and not result.passed else result
            for index, result in enumerate(results)
        ]

    def _explain(self, table: str, check: ConfiguredCheck, result: GateResult, job: Job) -> GateResult:
        started = job.job.created_at.replace(microsecond=0)
        with suppress(GateError):
            for found in self._client.results(table, check.column, check.name):
                fresh = [entry for entry in found.entries if entry.executed_at >= started]
                if found.check == check.name and fresh:
                    return replace(result, actual=fresh[0].actual)
        with suppress(GateError):
            for failed in self._client.errors(table, check.column, check.name):
                messages = [entry.message for entry in failed.entries if entry.executed_at >= started and entry.message]
                if failed.check == check.name and messages:
                    return replace(result, description=f"{result.description}: {messages[0].splitlines()[0][:500]}")
        return result
