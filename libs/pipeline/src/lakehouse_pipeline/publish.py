"""Gold changes here and nowhere else: intent, one commit a table, then the release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pydantic import TypeAdapter

from lakehouse_pipeline.build import Candidate, read_candidate
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import data_version, find_commit, write_options
from lakehouse_pipeline.events import step
from lakehouse_pipeline.known_tables import enter_tables
from lakehouse_pipeline.landing.storage import open_storage, remove_folder
from lakehouse_pipeline.ledger import ReleasedBatch
from lakehouse_pipeline.parallel import in_parallel
from lakehouse_pipeline.schema.plan import GoldTable
from lakehouse_pipeline.silver_table import CHANGE_FEED, contract_columns, create_table


@dataclass(frozen=True)
class Intent:
    """One table of a release, as it is written down before the first commit."""

    table: str
    candidate: str
    predicate: str | None
    inputs: Mapping[str, int]
    fingerprint: str
    reads: Sequence[str]
    columns: str
    partitioned_by: Sequence[str]


def publish(context: Context, candidates: Sequence[Candidate], batches: Sequence[ReleasedBatch]) -> str:
    """Publishes audited candidates as one release and returns its id. `batches`: what the release stands on (table, epoch, batch)."""
    release = f"release-{context.run}"
    intents = [_intent(candidate.table, candidate) for candidate in candidates]
    context.ledger.intend_release(release, context.run, context.domain, [vars(intent) for intent in intents], batches)
    _commit_all(context, release, context.run, intents)
    return release


def roll_forward(context: Context) -> str | None:
    """Finishes the release that a crash left half-way, before anything else runs; returns its id."""
    left = context.ledger.intended_release(context.domain)
    if left is None:
        return None
    release, run, tables = left
    _commit_all(context, release, run, [_intent_from(table) for table in tables])
    return release


def _intent(table: GoldTable, candidate: Candidate) -> Intent:
    return Intent(
        table=table.name,
        candidate=candidate.location,
        predicate=candidate.predicate,
        inputs=dict(candidate.inputs),
        fingerprint=table.fingerprint,
        reads=list(table.inputs),
        columns=contract_columns(table),
        partitioned_by=list(table.partitioned_by),
    )


_INTENTS = TypeAdapter(Intent)


def _intent_from(recorded: Mapping[str, object]) -> Intent:
    return _INTENTS.validate_python(recorded)


def _commit_all(context: Context, release: str, run: str, intents: Sequence[Intent]) -> None:
    published = in_parallel([partial(_publish_one, context, release, run, intent) for intent in intents])
    locations = {intent.table: context.warehouse.location(intent.table) for intent in intents}
    enter_tables(context, locations)
    context.catalog.refresh(context.spark, locations)
    context.ledger.finish_release(release, published)
    remove_folder(open_storage(context.warehouse.staging), run)


def _publish_one(context: Context, release: str, run: str, intent: Intent) -> dict[str, object]:
    with step(context.emit, "publish", intent.table) as report:
        version, rows = _commit(context, release, run, intent)
        report.rows = rows
        report.detail = f"version {version}"
    context.ledger.add_step(context.run, "publish", intent.table, report.seconds, rows, report.detail)
    return {"table": intent.table, "version": version, "rows": rows}


def _commit(context: Context, release: str, run: str, intent: Intent) -> tuple[int, int]:
    """Commits one table once; returns its version and the rows written."""
    location = context.warehouse.location(intent.table)
    commit_id = f"publish/{intent.table}/{run}"
    if find_commit(location, commit_id) is None:
        create_table(context.spark, location, intent.columns, CHANGE_FEED, list(intent.partitioned_by))
        metadata = {
            "release": release,
            "run": run,
            "fingerprint": intent.fingerprint,
            "inputs": _inputs(context, intent),
        }
        rows = read_candidate(context, intent.columns, intent.candidate)
        writer = rows.where(intent.predicate).write if intent.predicate else rows.write
        writer = writer.format("delta").mode("overwrite").options(**write_options(commit_id, metadata))
        option = ("replaceWhere", intent.predicate) if intent.predicate else ("overwriteSchema", "true")
        writer.option(*option).save(location)
    commit = find_commit(location, commit_id)
    assert commit is not None
    return commit.version, int(commit.metrics.get("numOutputRows", 0))


def _inputs(context: Context, intent: Intent) -> dict[str, int]:
    """Inputs that this same release published stand at the version that it gave them."""
    return {name: intent.inputs[name] if name in intent.inputs else data_version(context.warehouse.location(name)) for name in intent.reads}
