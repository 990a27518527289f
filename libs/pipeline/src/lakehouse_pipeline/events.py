from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from lakehouse_pipeline.accounting import Accounting

_PRINTING = threading.Lock()
_AT = threading.local()
Emit = Callable[[Mapping[str, object]], None]


def print_event(event: Mapping[str, object]) -> None:
    """Writes an event as one line of JSON on standard output; see libs/plan/src/event.ts."""
    line = json.dumps(event, default=str) + "\n"
    with _PRINTING:
        sys.stdout.write(line)
        sys.stdout.flush()


@dataclass
class StepReport:
    """What a step says of itself when it ends."""

    detail: str = ""
    rows: int | None = None
    accounting: Accounting | None = None
    seconds: float = field(default=0.0)


def current_step() -> tuple[str, str] | None:
    """Name and subject of the step that this thread is at."""
    return getattr(_AT, "step", None)


@contextmanager
def step(emit: Emit, name: str, subject: str, detail: str = "") -> Iterator[StepReport]:
    """Emits the start of a step, and its end unless it raises."""
    emit({"event": "stepStarted", "step": name, "subject": subject, "detail": detail})
    started = time.monotonic()
    report = StepReport()
    outer = current_step()
    _AT.step = (name, subject)
    try:
        yield report
    finally:
        _AT.step = outer
    report.seconds = time.monotonic() - started
    emit(
        {
            "event": "stepFinished",
            "step": name,
            "subject": subject,
            "seconds": round(report.seconds, 3),
            "detail": report.detail,
            "rows": report.rows,
            "accounting": report.accounting.as_event() if report.accounting else None,
        }
    )


def problem(emit: Emit, severity: str, code: str, subject: str, message: str, fix: str) -> None:
    emit({"event": "problem", "severity": severity, "code": code, "subject": subject, "message": message, "fix": fix})
