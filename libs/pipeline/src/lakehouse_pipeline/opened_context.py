"""What a verb works with, opened as its options say; and how it answers."""

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

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.deployment import Deployment
from lakehouse_pipeline.events import print_event
from lakehouse_pipeline.ingest import Source
from lakehouse_pipeline.landing.context import LandingContext
from lakehouse_pipeline.landing.land import land
from lakehouse_pipeline.landing.manifest import Manifest
from lakehouse_pipeline.landing.zone import list_manifests
from lakehouse_pipeline.open_deployment import open_deployment
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import Plan


@contextlib.contextmanager
def opened_context(
    options: argparse.Namespace, domain: str, as_of: str | None = None, is_brief: Callable[[Context], bool] = lambda _: False
) -> Iterator[tuple[Deployment, Context]]:
    """The deployment and the plan that the options name. `as_of`: ISO 8601. Raises LakehouseError LH2106, LH2110."""
    with open_deployment(options) as deployment:
        plan = deployment.read_plan(options.plan, options.plan_hash)
        if domain and domain not in {entry.name for entry in plan.domains}:
            known = ", ".join(entry.name for entry in plan.domains)
            raise LakehouseError("LH2110", domain, "the plan has no such domain.", f"It has: {known}.")
        context = context_of(deployment, plan, domain, is_brief, _clock(as_of), getattr(options, "run", None))
        yield deployment, dataclasses.replace(context, label=getattr(options, "label", None))


def context_of(
    deployment: Deployment,
    plan: Plan,
    domain: str,
    is_brief: Callable[[Context], bool],
    as_of: datetime | None = None,
    run: str | None = None,
) -> Context:
    """What the steps of a run are handed; without a `run` it is a new one."""
    clock = datetime.now(timezone.utc)
    run_id = run or f"{clock:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"

    def start() -> SparkSession:
        return deployment.start_spark(run_id, lambda: is_brief(context))

    places = (deployment.warehouse, deployment.ledger, print_event, start)
    context = Context(plan, domain, run_id, *places, as_of or clock, deployment.catalog, deployment.gate)
    return context


def _clock(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def land_from(deployment: Deployment, source: Source) -> list[Manifest]:
    """Lands what is new of a source and returns all manifests of it."""
    workspace = os.environ.get("LAKEHOUSE_WORKSPACE", str(Path.cwd()))
    landing = deployment.warehouse.landing
    land(source, LandingContext(landing, deployment.connection_url, print_event, workspace=workspace))
    return list_manifests(landing, source.name)


def answer(value: Mapping[str, object]) -> None:
    """Prints the answer of a verb, which is its last event."""
    print_event({"event": "result", "value": value})
