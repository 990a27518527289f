"""One function a verb of the runtime's command line; each prints its answer as the last event."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path

from pyspark.sql import SparkSession

from lakehouse_pipeline.analyse import analyse
from lakehouse_pipeline.applied_plan import apply_plan
from lakehouse_pipeline.chart import charts
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.deployment import Deployment
from lakehouse_pipeline.events import print_event
from lakehouse_pipeline.ingest import Source
from lakehouse_pipeline.inspection import list_quarantine, query, show_quarantine, status
from lakehouse_pipeline.landing.context import LandingContext
from lakehouse_pipeline.landing.land import land
from lakehouse_pipeline.landing.manifest import Manifest
from lakehouse_pipeline.landing.zone import list_manifests
from lakehouse_pipeline.maintain import maintain as maintain_tables
from lakehouse_pipeline.open_deployment import open_deployment
from lakehouse_pipeline.plan_file import parse_plan, read_plan_text
from lakehouse_pipeline.preview import preview
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.replay import replay
from lakehouse_pipeline.run import run
from lakehouse_pipeline.schema.plan import Plan, SilverTable
from lakehouse_pipeline.summary import summary
from lakehouse_pipeline.workload import few_rows_ahead


def run_domain(options: argparse.Namespace) -> int:
    with contextlib.ExitStack() as opened:
        deployment, context = opened.enter_context(_context(options, options.domain, options.as_of, few_rows_ahead))
        opened.enter_context(deployment.hold(options.domain, context.run))
        outcome = run(context, lambda source: _land(deployment, source), options.until)
        rows = charts(context) if options.charts and outcome.status in ("published", "nothingNew") else None
        _answer({**summary(context, outcome), **({"charts": rows} if rows is not None else {})})
    if outcome.failures:
        return 3
    return 1 if outcome.status == "auditFailed" else 0


def show_plan(options: argparse.Namespace) -> int:
    with _context(options, options.domain) as (deployment, context):
        _answer({"steps": preview(context, lambda source: list_manifests(deployment.warehouse.landing, source.name))})
    return 0


def analyse_models(options: argparse.Namespace) -> int:
    with _context(options, "", is_brief=lambda _: True) as (_, context):
        problems = analyse(context)
    _answer({"problems": problems})
    return 1 if problems else 0


def run_query(options: argparse.Namespace) -> int:
    with _context(options, "") as (_, context):
        _answer(query(context, options.sql, options.limit))
    return 0


def show_status(options: argparse.Namespace) -> int:
    with _context(options, "") as (deployment, context):
        _answer(status(context, deployment.holder))
    return 0


def chart_rows(options: argparse.Namespace) -> int:
    with _context(options, options.domain) as (_, context):
        _answer({"charts": charts(context)})
    return 0


def quarantine(options: argparse.Namespace) -> int:
    with _context(options, "") as (deployment, context):
        if options.action == "list":
            _answer({"tables": list_quarantine(context)})
            return 0
        table = _silver(context, options.table)
        if options.action == "show":
            _answer({"rows": show_quarantine(context, table, options.rule, options.limit)})
            return 0
        values = dict(pair.split("=", 1) for pair in options.set)
        own = dataclasses.replace(context, domain=table.domain)
        with deployment.hold(table.domain, context.run):
            _answer({"merged": replay(own, table, options.rule, options.row, values)})
    return 0


def maintain(options: argparse.Namespace) -> int:
    with _context(options, "") as (deployment, context), contextlib.ExitStack() as locks:
        if not options.dry_run:
            for domain in context.plan.domains:
                locks.enter_context(deployment.hold(domain.name, context.run))
        _answer({"actions": maintain_tables(context, options.dry_run)})
    return 0


def apply(options: argparse.Namespace) -> int:
    """Checks a plan and makes it the one that the platform runs."""
    text = read_plan_text(options.plan or "-")
    plan = parse_plan(text, options.plan or "standard input")
    with open_deployment(options) as deployment:
        problems = analyse(_context_of(deployment, plan, "", lambda _: True)) if options.analyse else []
        changed = not problems and apply_plan(deployment.warehouse, plan, text)
        _answer({"hash": plan.hash, "changed": changed, "problems": problems})
    return 1 if problems else 0


@contextlib.contextmanager
def _context(
    options: argparse.Namespace, domain: str, as_of: str | None = None, is_brief: Callable[[Context], bool] = lambda _: False
) -> Iterator[tuple[Deployment, Context]]:
    with open_deployment(options) as deployment:
        plan = deployment.read_plan(options.plan)
        if domain and domain not in {entry.name for entry in plan.domains}:
            known = ", ".join(entry.name for entry in plan.domains)
            raise LakehouseError("LH2110", domain, "the plan has no such domain.", f"It has: {known}.")
        yield deployment, _context_of(deployment, plan, domain, is_brief, _clock(as_of))


def _context_of(
    deployment: Deployment, plan: Plan, domain: str, is_brief: Callable[[Context], bool], as_of: datetime | None = None
) -> Context:
    clock = datetime.now(timezone.utc)
    run_id = f"{clock:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"

    def start() -> SparkSession:
        return deployment.start_spark(run_id, lambda: is_brief(context))

    context = Context(plan, domain, run_id, deployment.warehouse, deployment.ledger, print_event, start, as_of or clock, deployment.catalog)
    return context


def _clock(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _land(deployment: Deployment, source: Source) -> list[Manifest]:
    workspace = os.environ.get("LAKEHOUSE_WORKSPACE", str(Path.cwd()))
    landing = deployment.warehouse.landing
    land(source, LandingContext(landing, deployment.connection_url, print_event, workspace=workspace))
    return list_manifests(landing, source.name)


def _silver(context: Context, name: str | None) -> SilverTable:
    found = [
        table for table in context.tables.values() if isinstance(table, SilverTable) and name in (table.name, table.name.split(".")[1])
    ]
    if not found:
        known = ", ".join(table.name for table in context.tables.values() if isinstance(table, SilverTable))
        raise LakehouseError("LH2201", name or "--table", "no such silver table.", f"Choose one of: {known}.")
    return found[0]


def _answer(value: Mapping[str, object]) -> None:
    print_event({"event": "result", "value": value})
