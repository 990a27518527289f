"""Gold changes here and nowhere else: intent, one commit a table, then the release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pydantic import TypeAdapter

from lakehouse_pipeline.build import Candidate, read_candidate
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import commit_as, data_version, find_commit, history, row_count, write_options
from lakehouse_pipeline.events import step
from lakehouse_pipeline.kept_candidates import remove_candidates
from lakehouse_pipeline.known_tables import enter_tables
from lakehouse_pipeline.ledger_rows import ReleasedBatch
from lakehouse_pipeline.parallel import in_parallel
from lakehouse_pipeline.schema.plan import GoldTable
from lakehouse_pipeline.silver_table import CHANGE_FEED, contract_columns, create_table
from lakehouse_pipeline.warehouse import sql_identifier
from lakehouse_pipeline.warm_gold import warm_gold


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


@dataclass(frozen=True)
class Restoration:
    """One table of a rollback: the version whose rows it gets back, and the release that published them."""

    table: str
    version: int
    restores: str


def publish(context: Context, candidates: Sequence[Candidate], batches: Sequence[ReleasedBatch]) -> str:
    """Publishes audited candidates as one release and returns its id. `batches`: what the release stands on (table, epoch, batch)."""
    published = len(context.ledger.rows("select id from releases where run = ?", context.run))
    release = f"release-{context.run}{f'-{published + 1}' if published else ''}"
    intents = [_intent(candidate.table, candidate) for candidate in candidates]
    context.ledger.intend_release(release, context.run, context.domain, [vars(intent) for intent in intents], batches)
    _commit_all(context, release, context.run, intents)
    return release


def restore(context: Context, target: str, restorations: Sequence[Restoration]) -> str:
    """Brings tables back to what they were in the release `target`, as a release of its own, and returns its id."""
    release = f"rollback-{context.run}"
    context.ledger.intend_release(release, context.run, context.domain, [vars(restoration) for restoration in restorations], [], target)
    _commit_all(context, release, context.run, restorations)
    return release


def roll_forward(context: Context) -> str | None:
    """Finishes the release or rollback that a crash left half-way, before anything else runs; returns its id."""
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


_INTENTS: TypeAdapter[Intent | Restoration] = TypeAdapter(Intent | Restoration)


def _intent_from(recorded: Mapping[str, object]) -> Intent | Restoration:
    return _INTENTS.validate_python(recorded)


def _commit_all(context: Context, release: str, run: str, intents: Sequence[Intent | Restoration]) -> None:
    """The release counts as published when no reader is answered with older rows any more, and not before."""
    locations = {intent.table: context.warehouse.location(intent.table) for intent in intents}
    if locations:
        # Spark answers from memory whatever the table's version is, and lets go of nothing whose columns changed since.
        context.catalog.let_go(context.spark, locations)
    published = in_parallel([partial(_publish_one, context, release, run, intent) for intent in intents])
    enter_tables(context, locations)
    if locations:
        context.catalog.refresh(context.spark, locations)
        if not context.gate.is_open:
            context.catalog.withdraw(context.spark, locations)
        warm_gold(context)
    candidates = [intent.candidate for intent in intents if isinstance(intent, Intent)]
    context.ledger.finish_release(release, published, candidates)
    remove_candidates(context, candidates)


def _publish_one(context: Context, release: str, run: str, intent: Intent | Restoration) -> dict[str, object]:
    with step(context.emit, "publish", intent.table) as report:
        if isinstance(intent, Restoration):
            version, rows = _restore(context, release, run, intent)
        else:
            version, rows = _commit(context, release, run, intent)
        report.rows = rows
        report.detail = f"version {version}"
    context.ledger.add_step(context.run, "publish", intent.table, report.seconds, rows, report.detail)
    return {"table": intent.table, "version": version, "rows": rows}


def _commit(context: Context, release: str, run: str, intent: Intent) -> tuple[int, int]:
    """Commits one table once; returns its version and the rows written."""
    location = context.warehouse.location(intent.table)
    commit_id = f"publish/{intent.table}/{release.removeprefix('release-')}"
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


def _restore(context: Context, release: str, run: str, restoration: Restoration) -> tuple[int, int]:
    """Restores one table once; returns its version and its rows. Delta gives a RESTORE no identity, so its log is searched."""
    location = context.warehouse.location(restoration.table)
    commit_id = f"restore/{restoration.table}/{release}"
    if _restored(location, commit_id) is None:
        metadata = {"release": release, "run": run, "restores": restoration.restores}
        with commit_as(context.spark, commit_id, metadata):
            context.spark.sql(f"restore table {sql_identifier(location)} to version as of {restoration.version}").collect()
    version = _restored(location, commit_id)
    assert version is not None
    return version, row_count(location)


def _restored(location: str, commit_id: str) -> int | None:
    return next((commit.version for commit in history(location) if commit.metadata.get("commit") == commit_id), None)


def _inputs(context: Context, intent: Intent) -> dict[str, int]:
    """Inputs that this same release published stand at the version that it gave them."""
    return {name: intent.inputs[name] if name in intent.inputs else data_version(context.warehouse.location(name)) for name in intent.reads}
