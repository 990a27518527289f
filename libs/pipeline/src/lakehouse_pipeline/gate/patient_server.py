"""Asking a DQOps server that may be starting, or be away for a moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from lakehouse_pipeline.gate.answers import Job
from lakehouse_pipeline.gate.client import CheckKind, DqopsClient, GateError, MissingError

_T = TypeVar("_T")
_ENDED = ("finished", "failed", "cancelled")


@dataclass(frozen=True)
class Patience:
    """Seconds: for a job, in which it may wait in the server's queue; for a server that starts or takes over a plan; between two looks."""

    job: float = 900
    server: float = 60
    pause: float = 0.5


class PatientServer:
    """Raises GateError, with the reason as a sentence, where patience is at its end."""

    def __init__(self, client: DqopsClient, patience: Patience) -> None:
        self._client = client
        self._patience = patience

    def await_plan(self, plan: str) -> None:
        """The server sees a new plan a moment after it was applied."""
        deadline = time.monotonic() + self._patience.server
        while (found := self.ask(self._client.plan)) != plan:
            if time.monotonic() > deadline:
                known = f"plan {found[:12]}" if found else "no plan"
                raise GateError(f"its checks are of {known}, the run's of plan {plan[:12]}. Run ./lakehouse apply.")
            time.sleep(self._patience.pause)

    def run(self, key: str, table: str, kind: CheckKind = "profiling") -> Job:
        """Runs the checks and returns the ended job. One whose answer was lost is found by its key, not started twice."""
        try:
            job_id = self._client.run_checks(table, key, kind)
        except GateError:
            try:
                job_id = self.ask(lambda: self._client.job(key)).job.job_id
            except MissingError:
                job_id = self.ask(lambda: self._client.run_checks(table, key, kind))
        deadline = time.monotonic() + self._patience.job
        while (job := self.ask(lambda: self._client.job(job_id))).status not in _ENDED:
            if time.monotonic() > deadline:
                with suppress(GateError):
                    self._client.cancel(job_id)
                raise GateError(f"its job is {job.status} after {self._patience.job:.0f} s. See ./lakehouse logs dqops.")
            time.sleep(self._patience.pause)
        return job

    def ask(self, question: Callable[[], _T]) -> _T:
        """Asks again while the server does not answer; what it says that it does not know is final."""
        deadline = time.monotonic() + self._patience.server
        while True:
            try:
                return question()
            except MissingError:
                raise
            except GateError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(self._patience.pause)

    def failed(self, job: Job) -> GateError:
        return GateError(f"its job ended as {job.status}: {job.error_message or 'without a word'}. See ./lakehouse logs dqops.")
