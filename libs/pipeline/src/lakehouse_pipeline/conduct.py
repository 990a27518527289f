"""A whole run: its events, its place in the ledger, and its projection into ops, around the work that it does."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from lakehouse_pipeline.audit import CheckResult
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.events import step
from lakehouse_pipeline.known_tables import enter_tables, table_names
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.record import record
from lakehouse_pipeline.record_quality import record_incidents


@dataclass(frozen=True)
class UnreadSource:
    """A source that could not be read, the bronze table that it fills, and why."""

    source: str
    table: str
    error: LakehouseError


@dataclass
class Outcome:
    """What a run came to. `failures`: sources that could not be read; the rest of the run went on."""

    status: str
    release: str | None = None
    results: list[CheckResult] = field(default_factory=list)
    failures: list[UnreadSource] = field(default_factory=list)


def conduct(context: Context, prepare: Callable[[Outcome], Callable[[], None] | None]) -> Outcome:
    """Has `prepare` find what there is to do and does it; the caller holds the domain's lock.

    A run that finds nothing to do starts no Spark and records nothing.
    """
    started = time.monotonic()
    context.emit({"event": "runStarted", "run": context.run, "domain": context.domain, "plan": context.plan.hash})
    context.ledger.close_abandoned_runs(context.domain)
    outcome = Outcome("failed")
    try:
        work = prepare(outcome)
        if work is None and not outcome.failures:
            outcome.status = "nothingNew"
            record_all(context)
            return outcome
        context.ledger.start_run(context.run, context.domain, context.plan.hash, context.label)
        try:
            if work is not None:
                work()
        except BaseException as error:
            outcome.status = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
            context.ledger.finish_run(context.run, outcome.status, str(error)[:2000], None)
            record(context)
            raise
        context.ledger.finish_run(
            context.run,
            outcome.status,
            "; ".join(str(failure.error) for failure in outcome.failures) or None,
            outcome.release,
        )
        record_all(context)
        return outcome
    finally:
        seconds = round(time.monotonic() - started, 3)
        context.emit(
            {
                "event": "runFinished",
                "run": context.run,
                "status": outcome.status,
                "seconds": seconds,
                "release": outcome.release,
            }
        )


def record_all(context: Context) -> tuple[int, list[str]]:
    """Brings what the ledger has into ops, and all tables into the catalog; returns the number of runs and the tables that were new."""
    runs = record(context)
    record_incidents(context)
    return runs, enter_tables(context, table_names(context))


def start_spark(context: Context) -> None:
    """Starts Spark where it was not started yet, and says so."""
    with step(context.emit, "start", "spark") as report:
        report.detail = f"Spark {context.spark.version}"
