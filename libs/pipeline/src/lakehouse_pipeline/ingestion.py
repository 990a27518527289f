"""One source, from where it comes to bronze."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.events import step
from lakehouse_pipeline.ingest import Source, ingest, pending_manifests
from lakehouse_pipeline.landing.manifest import Manifest

Land = Callable[[Source], list[Manifest]]
"""Extracts what is new of a source and returns all manifests of it that have landed."""


def sources_of(context: Context) -> list[Source]:
    """The sources of the context's domain."""
    return [source for source in context.plan.sources if source.domain == context.domain]


def land_source(context: Context, land: Land, source: Source) -> list[Manifest]:
    """All manifests of a source, after what is new of it has landed. Raises LakehouseError where it cannot be read. Needs no Spark."""
    with step(context.emit, "land", source.name) as report:
        manifests = land(source)
        done = {entry.batch for entry in context.ledger.ingested(source.table)}
        fresh = [manifest for manifest in manifests if manifest.batch not in done]
        report.rows = sum(manifest.rows for manifest in fresh)
        report.detail = f"{len(fresh)} new batch{'' if len(fresh) == 1 else 'es'}" if fresh else "nothing new"
    return manifests


def ingest_all(context: Context, source: Source, landed: Sequence[Manifest]) -> int:
    """Appends all that has landed and is not in bronze yet, and returns the number of rows."""
    rows = 0
    while pending := pending_manifests(context, source, landed):
        rows += ingest(context, source, pending)
    return rows
