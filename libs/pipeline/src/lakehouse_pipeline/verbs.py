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
from lakehouse_pipeline.chart import charts
from lakehouse_pipeline.connections import connection_url
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.events import print_event
from lakehouse_pipeline.home import Home, open_home
from lakehouse_pipeline.ingest import Source
from lakehouse_pipeline.inspection import list_quarantine, query, show_quarantine, status
from lakehouse_pipeline.landing.context import LandingContext
from lakehouse_pipeline.landing.land import land
from lakehouse_pipeline.landing.manifest import Manifest
from lakehouse_pipeline.landing.zone import list_manifests
from lakehouse_pipeline.ledger import Ledger
from lakehouse_pipeline.lock import domain_lock, record_jvm
from lakehouse_pipeline.maintain import maintain as maintain_tables
from lakehouse_pipeline.plan_file import read_plan
from lakehouse_pipeline.preview import preview
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.replay import replay
from lakehouse_pipeline.run import run
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.session import embedded_session, jvm_process
from lakehouse_pipeline.summary import summary
from lakehouse_pipeline.workload import few_rows_ahead


def run_domain(options: argparse.Namespace) -> int:
    with contextlib.ExitStack() as opened:
        home, context = opened.enter_context(_context(options, options.domain, options.as_of, few_rows_ahead))
        opened.enter_context(domain_lock(home.lock(options.domain), options.domain, context.run))
        outcome = run(context, lambda source: _land(home, source), options.until)
        rows = charts(context) if options.charts and outcome.status in ("published", "nothingNew") else None
        _answer({**summary(context, outcome), **({"charts": rows} if rows is not None else {})})
    if outcome.failures:
        return 3
    return 1 if outcome.status == "auditFailed" else 0


def show_plan(options: argparse.Namespace) -> int:
    with _context(options, options.domain) as (home, context):
        _answer({"steps": preview(context, lambda source: list_manifests(home.warehouse.landing, source.name))})
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
    with _context(options, "") as (home, context):
        _answer(status(context, home))
    return 0


def chart_rows(options: argparse.Namespace) -> int:
    with _context(options, options.domain) as (_, context):
        _answer({"charts": charts(context)})
    return 0


def quarantine(options: argparse.Namespace) -> int:
    with _context(options, "") as (home, context):
        if options.action == "list":
            _answer({"tables": list_quarantine(context)})
            return 0
        table = _silver(context, options.table)
        if options.action == "show":
            _answer({"rows": show_quarantine(context, table, options.rule, options.limit)})
            return 0
        values = dict(pair.split("=", 1) for pair in options.set)
        own = dataclasses.replace(context, domain=table.domain)
        with domain_lock(home.lock(table.domain), table.domain, context.run):
            _answer({"merged": replay(own, table, options.rule, options.row, values)})
    return 0


def maintain(options: argparse.Namespace) -> int:
    with _context(options, "") as (home, context), contextlib.ExitStack() as locks:
        if not options.dry_run:
            for domain in context.plan.domains:
                locks.enter_context(domain_lock(home.lock(domain.name), domain.name, context.run))
        _answer({"actions": maintain_tables(context, options.dry_run)})
    return 0


@contextlib.contextmanager
def _context(
    options: argparse.Namespace, domain: str, as_of: str | None = None, is_brief: Callable[[Context], bool] = lambda _: False
) -> Iterator[tuple[Home, Context]]:
    home = open_home(options.home)
    plan = read_plan(options.plan)
    if domain and domain not in {entry.name for entry in plan.domains}:
        known = ", ".join(entry.name for entry in plan.domains)
        raise LakehouseError("LH2110", domain, "the plan has no such domain.", f"It has: {known}.")
    clock = datetime.now(timezone.utc)
    run_id = f"{clock:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
    started: list[SparkSession] = []

    def start() -> SparkSession:
        session = embedded_session(home, brief=is_brief(context))
        started.append(session)
        record_jvm(home.locks, jvm_process(session))
        return session

    ledger = Ledger(home.ledger)
    try:
        context = Context(plan, domain, run_id, home.warehouse, ledger, print_event, start, _clock(as_of) or clock)
        yield home, context
    finally:
        for session in started:
            session.stop()
        ledger.close()


def _clock(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _land(home: Home, source: Source) -> list[Manifest]:
    workspace = os.environ.get("LAKEHOUSE_WORKSPACE", str(Path.cwd()))
    context = LandingContext(home.warehouse.landing, connection_url, print_event, workspace=workspace)
    land(source, context)
    return list_manifests(home.warehouse.landing, source.name)


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
