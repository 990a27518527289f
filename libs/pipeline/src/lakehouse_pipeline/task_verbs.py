"""The verbs of single tasks: each opens what it needs, holds what it works on, and answers."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Iterator

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.deployment import Deployment
from lakehouse_pipeline.ingestion import sources_of
from lakehouse_pipeline.opened_context import answer, land_from, opened_context
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.publish import roll_forward
from lakehouse_pipeline.record import record
from lakehouse_pipeline.schema.plan import GoldTable, SilverTable
from lakehouse_pipeline.task import (
    Task,
    audit_task,
    build_task,
    daily_task,
    ingest_task,
    note_failure,
    publish_task,
    record_task,
    refine_task,
)
from lakehouse_pipeline.task_steps import Done, audit_step, build_step, daily_step, ingest_step, publish_step, record_step, refine_step
from lakehouse_pipeline.workload import few_rows_ahead


def ingest_source(options: argparse.Namespace) -> int:
    with _opened(options) as (deployment, context):
        sources = {source.name: source for source in sources_of(context)}
        source = sources.get(options.source)
        if source is None:
            raise LakehouseError("LH2120", options.source, "the domain has no such source.", f"It has: {', '.join(sources)}.")
        step = ingest_step
        return _hold(
            deployment, context, ingest_task(source), lambda: step(context, lambda it: land_from(deployment, it), source, options.attempt)
        )


def refine_one(options: argparse.Namespace) -> int:
    with _opened(options) as (deployment, context):
        table = _table(context, options.table)
        if not isinstance(table, SilverTable):
            raise _no_table(context, options.table, "silver")
        return _hold(deployment, context, refine_task(table), lambda: refine_step(context, table, options.attempt))


def audit_domain(options: argparse.Namespace) -> int:
    with _opened(options) as (deployment, context):
        return _hold(deployment, context, audit_task(context), lambda: audit_step(context, options.attempt))


def build_one(options: argparse.Namespace) -> int:
    with _opened(options) as (deployment, context):
        table = _table(context, options.table)
        if not isinstance(table, GoldTable):
            raise _no_table(context, options.table, "gold")
        if context.ledger.intended_release(context.domain) is None:
            return _hold(deployment, context, build_task(context, table), lambda: build_step(context, table, options.attempt))
        # The release that a crash left half-way reads candidates that a new one would replace.
        with _held(deployment, context, publish_task(context)):
            roll_forward(context)
    return build_one(options)


def publish_domain(options: argparse.Namespace) -> int:
    with _opened(options) as (deployment, context):
        return _hold(deployment, context, publish_task(context), lambda: publish_step(context, options.attempt))


def check_domain_daily(options: argparse.Namespace) -> int:
    with _opened(options) as (deployment, context):
        return _hold(deployment, context, daily_task(context), lambda: daily_step(context, options.attempt))


def record_domain(options: argparse.Namespace) -> int:
    with _opened(options) as (deployment, context):
        return _hold(deployment, context, record_task(context), lambda: record_step(context))


def note_failed_task(options: argparse.Namespace) -> int:
    """Needs no lock for the ledger; where another one has the domain, that one's record takes the failure to ops."""
    with _opened(options) as (deployment, context):
        note_failure(context, options.step, options.message)
        try:
            with deployment.hold(context.domain, context.run, record_task(context)):
                record(context)
        except LakehouseError as error:
            if error.code != "LH2102":
                raise
        answer({"run": context.run, "changed": True, "status": "failed"})
    return 0


@contextlib.contextmanager
def _opened(options: argparse.Namespace) -> Iterator[tuple[Deployment, Context]]:
    with opened_context(options, options.domain, options.as_of, few_rows_ahead) as opened:
        yield opened


@contextlib.contextmanager
def _held(deployment: Deployment, context: Context, task: Task) -> Iterator[None]:
    with deployment.hold(context.domain, context.run, task):
        if deployment.is_alone(context.domain):
            context.ledger.close_abandoned_runs(context.domain)
        yield


def _hold(deployment: Deployment, context: Context, task: Task, do: Callable[[], Done]) -> int:
    with _held(deployment, context, task):
        done = do()
        answer(
            {
                **{"run": context.run, "task": task.name, "changed": done.changed, "status": done.status, "release": done.release},
                **done.facts,
            }
        )
    return 1 if done.has_failed else 0


def _table(context: Context, name: str) -> SilverTable | GoldTable | None:
    found = context.tables.get(name)
    return found if found is not None and found.domain == context.domain else None


def _no_table(context: Context, name: str, layer: str) -> LakehouseError:
    known = ", ".join(table.name for table in context.tables.values() if table.domain == context.domain and table.layer == layer)
    return LakehouseError("LH2121", name, f"the domain has no {layer} table of that name.", f"It has: {known}.")
