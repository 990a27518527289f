"""The runtime's events as lines that a person reads in a task's log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from lakehouse_pipeline.schema.event import (
    Accounting,
    CheckFinished,
    Event,
    ProblemFound,
    Progress,
    Result,
    RunFinished,
    RunStarted,
    StepFinished,
    StepStarted,
)

_EVENTS: TypeAdapter[Event] = TypeAdapter(Event)
_PROGRESS_SECONDS = 5.0


class Log(Protocol):
    """What is asked of a logger; Airflow's own is no `logging.Logger`."""

    def log(self, level: int, event: str, *words: object) -> object: ...


class EventLog:
    """Writes each line of the runtime's output to a log; `result` is its answer, `failure` the first error it told of."""

    def __init__(self, log: Log, clock: Callable[[], float] = time.monotonic) -> None:
        self._log = log
        self._clock = clock
        self._progress: dict[tuple[str, str], float] = {}
        self.result: dict[str, object] = {}
        self.failure: str | None = None

    def line(self, line: str) -> None:
        try:
            event = _EVENTS.validate_json(line)
        except ValidationError:
            # What libraries say beside the events.
            self._log.log(logging.INFO, "%s", line)
            return
        if isinstance(event, Result):
            self.result = event.value if isinstance(event.value, dict) else {}
        if isinstance(event, Progress) and not self._is_due(event):
            return
        level, text = readable(event)
        if level >= logging.ERROR and self.failure is None:
            self.failure = text
        self._log.log(level, "%s", text)

    def _is_due(self, event: Progress) -> bool:
        key, now = (event.step, event.subject), self._clock()
        if now - self._progress.get(key, -_PROGRESS_SECONDS) < _PROGRESS_SECONDS:
            return False
        self._progress[key] = now
        return True


def readable(event: Event) -> tuple[int, str]:
    """An event as a level and a line."""
    match event:
        case RunStarted():
            return logging.INFO, f"run {event.run} of {event.domain}, plan {event.plan}"
        case StepStarted():
            return logging.INFO, " ".join(word for word in (event.step, event.subject, event.detail) if word)
        case Progress():
            total = "" if event.total is None else f" of {event.total:,.0f}"
            return logging.INFO, f"{event.step} {event.subject}: {event.done:,.0f}{total} {event.unit}"
        case StepFinished():
            return logging.INFO, _finished(event)
        case CheckFinished():
            return _checked(event)
        case ProblemFound():
            level = logging.ERROR if event.severity == "error" else logging.WARNING
            return level, f"{event.code} {event.subject}: {event.message} {event.fix}"
        case RunFinished():
            release = "" if event.release is None else f", release {event.release}"
            return logging.INFO, f"run {event.run}: {event.status} in {event.seconds:.1f} s{release}"
        case Result():
            return logging.INFO, f"result: {event.value}"


def _finished(event: StepFinished) -> str:
    rows = "" if event.rows is None else f" {event.rows:,} rows"
    parts = [f"{event.step} {event.subject}:{rows} in {event.seconds:.1f} s", event.detail, _counts(event.accounting)]
    return "; ".join(part for part in parts if part)


def _counts(accounting: Accounting | None) -> str:
    if accounting is None:
        return ""
    return ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in accounting if count)


def _checked(event: CheckFinished) -> tuple[int, str]:
    actual = "nothing" if event.actual is None else f"{event.actual:g}"
    where = event.table if event.batch is None else f"{event.table}, batch {event.batch}"
    text = f"check {event.check} on {where}: {actual}, expected {event.expected}"
    if event.passed:
        return logging.INFO, f"{text}: passed"
    level = logging.ERROR if event.severity == "error" else logging.WARNING
    return level, f"{text}: failed. {event.description}"
