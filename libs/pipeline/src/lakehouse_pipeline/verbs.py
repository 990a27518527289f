"""One function a verb of the runtime's command line; each prints its answer as the last event."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from lakehouse_pipeline.analyse import analyse
from lakehouse_pipeline.applied_plan import apply_plan
from lakehouse_pipeline.backfill import backfill, described
from lakehouse_pipeline.batches import domain_of, list_batches, revert_batch
from lakehouse_pipeline.chart import charts
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.deployment import Deployment
from lakehouse_pipeline.incidents import set_status
from lakehouse_pipeline.inspection import query, status
from lakehouse_pipeline.intervals import Interval
from lakehouse_pipeline.landing.zone import list_manifests
from lakehouse_pipeline.maintain import maintain as maintain_tables
from lakehouse_pipeline.open_deployment import open_deployment
from lakehouse_pipeline.opened_context import answer, context_of, land_from, opened_context
from lakehouse_pipeline.plan_file import parse_plan, read_plan_text
from lakehouse_pipeline.preview import preview
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.publish_kept import last_failed_audit, publish_overridden, publish_passed, publish_summary
from lakehouse_pipeline.quality import quality
from lakehouse_pipeline.replay import described as described_replay
from lakehouse_pipeline.replay import replay
from lakehouse_pipeline.rollback import rollback
from lakehouse_pipeline.run import run
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.shown_audit import show_audit
from lakehouse_pipeline.shown_quarantine import list_quarantine, show_quarantine
from lakehouse_pipeline.summary import summary
from lakehouse_pipeline.turn import hold_in_turn
from lakehouse_pipeline.warm_gold import warm_gold
from lakehouse_pipeline.workload import few_rows_ahead


def run_domain(options: argparse.Namespace) -> int:
    with contextlib.ExitStack() as opened:
        deployment, context = opened.enter_context(opened_context(options, options.domain, options.as_of, few_rows_ahead))
        opened.enter_context(_held(options, deployment, context, options.domain))
        outcome = run(context, lambda source: land_from(deployment, source), options.until)
        rows = charts(context) if options.charts and outcome.status in ("published", "nothingNew") else None
        chart_rows_of_run = {"charts": rows} if rows is not None else {}
        answer({**summary(context, outcome), "changed": outcome.status != "nothingNew", **chart_rows_of_run})
    if outcome.failures:
        return 3
    return 1 if outcome.status == "auditFailed" else 0


def backfill_domain(options: argparse.Namespace) -> int:
    if options.first > options.last:
        raise LakehouseError(
            "LH2119", f"{options.first} to {options.last}", "the range ends before it begins.", "Exchange --from and --to."
        )
    with contextlib.ExitStack() as opened:
        deployment, context = opened.enter_context(opened_context(options, options.domain, options.as_of))
        opened.enter_context(_held(options, deployment, context, options.domain))
        landing = deployment.warehouse.landing
        within = Interval(options.first, options.last)
        outcome, pieces = backfill(context, lambda source: list_manifests(landing, source.name), within)
        answer({**summary(context, outcome), "changed": outcome.status != "nothingNew", "intervals": described(pieces)})
    return 1 if outcome.status == "auditFailed" else 0


def roll_back(options: argparse.Namespace) -> int:
    with contextlib.ExitStack() as opened:
        deployment, context = opened.enter_context(opened_context(options, options.domain, options.as_of, lambda _: True))
        opened.enter_context(_held(options, deployment, context, options.domain))
        outcome = rollback(context, options.to)
        answer({**summary(context, outcome), "changed": outcome.status != "nothingNew"})
    return 0


def publish_kept(options: argparse.Namespace) -> int:
    with contextlib.ExitStack() as opened:
        deployment, context = opened.enter_context(opened_context(options, options.domain, options.as_of, few_rows_ahead))
        opened.enter_context(_held(options, deployment, context, options.domain))
        run = options.of or last_failed_audit(context)
        by = options.override_by
        outcome = publish_passed(context, options.of) if by is None else publish_overridden(context, run, by, options.reason)
        answer({**publish_summary(context, outcome, run), "changed": outcome.status != "nothingNew"})
    return 1 if outcome.status == "auditFailed" else 0


def show_plan(options: argparse.Namespace) -> int:
    with opened_context(options, options.domain) as (deployment, context):
        answer({"steps": preview(context, lambda source: list_manifests(deployment.warehouse.landing, source.name))})
    return 0


def analyse_models(options: argparse.Namespace) -> int:
    with opened_context(options, "", is_brief=lambda _: True) as (_, context):
        problems = analyse(context)
    answer({"problems": problems})
    return 1 if problems else 0


def run_query(options: argparse.Namespace) -> int:
    with opened_context(options, "") as (_, context):
        answer(query(context, options.sql, options.limit))
    return 0


def show_status(options: argparse.Namespace) -> int:
    with opened_context(options, "") as (deployment, context):
        answer({**status(context, deployment.holder), "warm": deployment.staying()})
    return 0


def end_warm(options: argparse.Namespace) -> int:
    # As in open_deployment: what it imports is not installed where only the platform runs.
    from lakehouse_pipeline.warm.record import end_staying

    answer({"ended": end_staying(Path(options.home))})
    return 0


def chart_rows(options: argparse.Namespace) -> int:
    with opened_context(options, options.domain) as (_, context):
        answer({"charts": charts(context)})
    return 0


def quarantine(options: argparse.Namespace) -> int:
    with opened_context(options, "") as (deployment, context):
        if options.action == "list":
            answer({"tables": list_quarantine(context)})
            return 0
        table = _silver(context, options.table)
        if options.action == "show":
            answer({"rows": show_quarantine(context, table, options.rule, options.limit)})
            return 0
        values = dict(pair.split("=", 1) for pair in options.set)
        own = dataclasses.replace(context, domain=table.domain)
        with _held(options, deployment, context, table.domain):
            answer(described_replay(replay(own, table, options.rule, options.row, values)))
    return 0


def batch(options: argparse.Namespace) -> int:
    with opened_context(options, "") as (deployment, context):
        if options.action == "list":
            answer({"batches": list_batches(context, options.table)})
            return 0
        domain = domain_of(context, options.id)
        with _held(options, deployment, context, domain):
            own = dataclasses.replace(context, domain=domain)
            answer({"batch": options.id, **revert_batch(own, options.id, options.by, options.reason)})
    return 0


def shown_audit(options: argparse.Namespace) -> int:
    with opened_context(options, "", is_brief=lambda _: True) as (_, context):
        answer(show_audit(context, options.of, options.limit))
    return 0


def show_quality(options: argparse.Namespace) -> int:
    with opened_context(options, "") as (_, context):
        answer(quality(context, options.table))
    return 0


def incident(options: argparse.Namespace) -> int:
    """Records what a person says of an incident; the next run, or `record`, brings it into ops."""
    with opened_context(options, "") as (_, context):
        known = context.ledger.rows("select id from incidents where id = ?", options.id)
        if not set_status(context.ledger, options.id, options.status, options.by):
            message = "it is resolved already." if known else "there is no such incident."
            raise LakehouseError("LH2209", options.id, message, "./lakehouse quality shows those that stand.")
        answer({"incident": options.id, "status": options.status})
    return 0


def maintain(options: argparse.Namespace) -> int:
    with opened_context(options, "") as (deployment, context), contextlib.ExitStack() as locks:
        if not options.dry_run:
            for domain in context.plan.domains:
                locks.enter_context(_held(options, deployment, context, domain.name))
        answer({"actions": maintain_tables(context, options.dry_run)})
    return 0


def warm(options: argparse.Namespace) -> int:
    """Has the query server hold what dashboards read, as after its restart; domains that are at work do so themselves."""
    with opened_context(options, "") as (_, context):
        domains = [domain.name for domain in context.plan.domains]
    held: list[str] = []
    for domain in domains:
        with contextlib.ExitStack() as opened:
            deployment, context = opened.enter_context(opened_context(options, domain, is_brief=lambda _: True))
            try:
                opened.enter_context(deployment.hold(domain, context.run))
            except LakehouseError as error:
                if error.code != "LH2102":
                    raise
            else:
                held += warm_gold(context)
    answer({"held": held})
    return 0


def apply(options: argparse.Namespace) -> int:
    """Checks a plan and makes it the one that the platform runs."""
    text = read_plan_text(options.plan or "-")
    plan = parse_plan(text, options.plan or "standard input")
    with open_deployment(options) as deployment:
        problems = analyse(context_of(deployment, plan, "", lambda _: True)) if options.analyse else []
        changed = not problems and apply_plan(deployment.warehouse, plan, text)
        answer({"hash": plan.hash, "changed": changed, "problems": problems})
    return 1 if problems else 0


def _held(options: argparse.Namespace, deployment: Deployment, context: Context, domain: str) -> AbstractContextManager[object]:
    """A scheduler's task that finds the domain held is tried again by the scheduler; a person's command waits for such tasks."""
    hold = partial(deployment.hold, domain, context.run)
    return hold() if options.owner is not None else hold_in_turn(hold, context.emit, domain)


def _silver(context: Context, name: str | None) -> SilverTable:
    found = [
        table for table in context.tables.values() if isinstance(table, SilverTable) and name in (table.name, table.name.split(".")[1])
    ]
    if not found:
        known = ", ".join(table.name for table in context.tables.values() if isinstance(table, SilverTable))
        raise LakehouseError("LH2201", name or "--table", "no such silver table.", f"Choose one of: {known}.")
    return found[0]
