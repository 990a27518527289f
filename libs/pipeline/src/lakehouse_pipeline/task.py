"""A run's step as a process of its own: what it works on, and what of it stands in the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.database import Row, Statement, statement
from lakehouse_pipeline.ledger_rows import now, upsert
from lakehouse_pipeline.refine import references_of
from lakehouse_pipeline.schema.plan import DatabaseSource, FileSource, GoldTable, HttpSource, SilverTable


@dataclass(frozen=True)
class Task:
    """`writes`: what no other task may touch while this one runs; `reads`: what no other one may write. Both are tables, or words."""

    step: str
    subject: str
    writes: tuple[str, ...]
    reads: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.step} {self.subject}"


def ingest_task(source: FileSource | DatabaseSource | HttpSource) -> Task:
    return Task("ingest", source.table, (source.table,))


def refine_task(table: SilverTable) -> Task:
    parents = {reference.parent for reference in references_of(table)} - {table.name}
    return Task("refine", table.name, (table.name,), (table.origin, *sorted(parents)))


def audit_task(context: Context) -> Task:
    return Task("audit", context.domain, ("audit",), _silver(context))


def build_task(context: Context, table: GoldTable) -> Task:
    return Task("build", table.name, (table.name,), tuple(sorted({*table.inputs, *_silver(context)})))


def publish_task(context: Context) -> Task:
    return Task("publish", context.domain, ("publish", *(table.name for table in context.gold)), _silver(context))


def daily_task(context: Context) -> Task:
    return Task("check", context.domain, ("daily checks",))


def record_task(context: Context) -> Task:
    return Task("record", context.domain, ("record",))


def _silver(context: Context) -> tuple[str, ...]:
    return tuple(table.name for table in context.silver)


@dataclass
class TaskReport:
    """What a task says of itself when it ends."""

    status: str
    message: str | None = None
    release: str | None = None


def begun(context: Context, task: Task) -> Row | None:
    """How the ledger has the task of this run, where it was begun before: what a dead predecessor did counts as the task's own."""
    found = context.ledger.rows("select * from tasks where run = ? and task = ?", context.run, task.name)
    return found[0] if found else None


@contextmanager
def recorded(context: Context, task: Task, attempt: int | None) -> Iterator[TaskReport]:
    """The task stands in the ledger while the block runs, and with what it came to afterwards."""
    columns = ("run", "task", "attempt", "status", "message", "release", "started_at", "finished_at")
    row = (context.run, task.name, attempt, "running", None, None, now(), None)
    # The task goes first: another one of the run that ends at this moment must see that the run goes on.
    context.ledger.write(Statement(upsert("tasks", columns, ("run", "task")), [row]))
    context.ledger.start_run(context.run, context.domain, context.plan.hash, context.label)
    report = TaskReport("failed")
    try:
        yield report
    except BaseException as error:
        _finish(context, task, TaskReport("interrupted" if isinstance(error, KeyboardInterrupt) else "failed", str(error)[:2000]))
        raise
    _finish(context, task, report)


def note_failure(context: Context, step: str, message: str) -> None:
    """Records that a task failed which may not have been able to say so itself: those that did not end are ended."""
    if not context.ledger.rows("select id from runs where id = ?", context.run):
        context.ledger.start_run(context.run, context.domain, context.plan.hash, context.label)
    ended = "update tasks set status = 'failed', finished_at = ?, message = ? where finished_at is null and run = ?"
    context.ledger.write(statement(ended, now(), message[:2000], context.run))
    context.ledger.finish_run(context.run, "failed", f"{step}: {message}"[:2000], release_of(context))


def _finish(context: Context, task: Task, report: TaskReport) -> None:
    ended = "update tasks set status = ?, message = ?, release = ?, finished_at = ? where run = ? and task = ?"
    context.ledger.write(statement(ended, report.status, report.message, report.release, now(), context.run, task.name))
    tasks = context.ledger.rows("select * from tasks where run = ? order by finished_at", context.run)
    if all(row["finished_at"] is not None for row in tasks):
        status, message = run_status(tasks)
        context.ledger.finish_run(context.run, status, message, release_of(context))


def run_status(tasks: list[Row]) -> tuple[str, str | None]:
    """What a run came to whose tasks, in the order in which they ended, have all ended: the worst of them, else the last."""
    for worst in ("failed", "auditFailed", "interrupted"):
        for row in tasks:
            if row["status"] == worst:
                return worst, row["message"]
    return str(tasks[-1]["status"]), None


def release_of(context: Context) -> str | None:
    """The last release of gold tables that the run published."""
    published = "select id from releases where run = ? and status = 'published' and tables <> '[]' order by published_at desc"
    found = context.ledger.rows(published, context.run)
    return str(found[0]["id"]) if found else None


def tables_released(context: Context, releases: Sequence[str]) -> list[str]:
    """The gold tables of these releases, by name."""
    found = [row for release in releases for row in context.ledger.rows("select tables from releases where id = ?", release)]
    return sorted({table["table"] for row in found for table in json.loads(row["tables"])})
