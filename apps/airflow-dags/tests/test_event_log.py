from __future__ import annotations

import json
import logging

from hypothesis import given
from hypothesis import strategies as st

from lakehouse_airflow.event_log import EventLog


class Lines:
    def __init__(self) -> None:
        self.lines: list[tuple[int, str]] = []

    def log(self, level: int, event: str, *words: object) -> None:
        self.lines.append((level, event % words))


def said(*events: object, clock: list[float] | None = None) -> tuple[EventLog, list[tuple[int, str]]]:
    lines = Lines()
    times = iter(clock or [])
    log = EventLog(lines, lambda: next(times, 0.0))
    for event in events:
        log.line(event if isinstance(event, str) else json.dumps(event))
    return log, lines.lines


STEP = {"step": "refine", "subject": "silver.orders"}
COUNTS = {"read": 12000, "inserted": 11000, "updated": 900, "unchanged": 0, "supersededInBatch": 0, "supersededByTarget": 0}
CHECK = {"event": "checkFinished", "check": "freshness", "table": "silver.orders", "expected": "< 24", "description": "It is fresh."}


def test_steps_tell_rows_and_what_became_of_them() -> None:
    counts = {**COUNTS, "quarantined": 100, "waiting": 0}
    finished = {"event": "stepFinished", **STEP, "seconds": 3.25, "detail": "2 batches", "rows": 12000, "accounting": counts}

    _, lines = said({"event": "stepStarted", **STEP, "detail": "2 batches"}, finished)

    assert lines == [
        (logging.INFO, "refine silver.orders 2 batches"),
        (
            logging.INFO,
            "refine silver.orders: 12,000 rows in 3.2 s; 2 batches; 12,000 read, 11,000 inserted, 900 updated, 100 quarantined",
        ),
    ]


def test_progress_is_told_now_and_then() -> None:
    def progress(done: int) -> dict[str, object]:
        return {"event": "progress", **STEP, "done": done, "total": 3000000, "unit": "rows"}

    _, lines = said(progress(1000), progress(2000), progress(3000000), clock=[0, 1, 6])

    assert [text for _, text in lines] == [
        "refine silver.orders: 1,000 of 3,000,000 rows",
        "refine silver.orders: 3,000,000 of 3,000,000 rows",
    ]


def test_a_failed_check_is_as_loud_as_its_severity() -> None:
    def check(passed: bool, severity: str) -> dict[str, object]:
        return {**CHECK, "batch": None, "passed": passed, "severity": severity, "actual": 30.0}

    log, lines = said(check(True, "error"), check(False, "warning"), check(False, "error"))

    assert [level for level, _ in lines] == [logging.INFO, logging.WARNING, logging.ERROR]
    assert lines[0][1] == "check freshness on silver.orders: 30, expected < 24: passed"
    assert log.failure == "check freshness on silver.orders: 30, expected < 24: failed. It is fresh."


def test_the_answer_is_kept() -> None:
    log, _ = said({"event": "result", "value": {"changed": True, "status": "refined"}})

    assert log.result == {"changed": True, "status": "refined"}


@given(st.text())
def test_whatever_else_is_printed_is_shown_as_it_is(text: str) -> None:
    _, lines = said(text)

    assert lines == [(logging.INFO, text)]
