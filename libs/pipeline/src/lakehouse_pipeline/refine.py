"""Bronze to silver: project, judge, classify, quarantine, merge. One commit for the batches of one piece of work."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from deltalake.exceptions import DeltaError
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from lakehouse_pipeline.accounting import Accounting, require_all_read, require_conservation, total
from lakehouse_pipeline.classify import against_target, classified, superseded_rows
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import Commit, data_version, exists, find_commit, open_table, write_options
from lakehouse_pipeline.events import step
from lakehouse_pipeline.judge import Lookup, judge, with_orphans
from lakehouse_pipeline.ledger_rows import BACKFILL, READS_BRONZE, Work
from lakehouse_pipeline.measure import batch_measures
from lakehouse_pipeline.merge import append_inserted, merge_winners, overwrite_with, pruning
from lakehouse_pipeline.pinned import pinned
from lakehouse_pipeline.project import JSON_OPTIONS, complete, project
from lakehouse_pipeline.quarantine import find_mark, keep_rejected, mended_rows, replace_mended, replaces_rejected
from lakehouse_pipeline.schema.plan import OrphansMeasure, Reference, ReferenceRule, SilverTable
from lakehouse_pipeline.silver_table import CHANGE_FEED, create_table, silver_columns, silver_state


@dataclass(frozen=True)
class Pending:
    """What a silver table has to do: `rebuild` gives the reason where all batches are refined again; `left`: a crash left it."""

    work: Work
    rebuild: str | None
    left: bool = False


def left_work(context: Context, table: SilverTable) -> Work | None:
    """What a crash left of a silver table's work. That of an epoch which a rebuild ended is void. Needs no Spark."""
    left = context.ledger.unfinished_work(table.name)
    # Nearly always there is none, and the table's log need not be read.
    epoch = silver_state(table, context.warehouse.location(table.name)).epoch if left else None
    return next((work for work in left if work.epoch == epoch), None)


def pending_work(context: Context, table: SilverTable) -> Pending | None:
    """The work that a crash left, else all batches that came since; None where nothing is to do. Needs no Spark."""
    state = silver_state(table, context.warehouse.location(table.name))
    left = left_work(context, table)
    if left is not None and left.step in READS_BRONZE:
        return Pending(left, state.rebuild, left=True)
    done = context.ledger.refined(table.name, state.epoch)
    done |= context.ledger.reverted(table.name)
    batches = tuple(entry.batch for entry in context.ledger.ingested(table.origin) if entry.batch not in done)
    if not batches:
        return None
    return Pending(
        Work(work_id("refine", table.name, batches, state.epoch), "refine", table.name, state.epoch, batches),
        state.rebuild,
    )


def work_id(name: str, table: str, batches: tuple[str, ...], epoch: int) -> str:
    """Names a piece of work by what it works on, so that the same batches always commit under the same name."""
    span = batches[0] if len(batches) == 1 else f"{batches[0]}..{batches[-1]}+{hashlib.sha256(' '.join(batches).encode()).hexdigest()[:12]}"
    return f"{name}/{table}/{span}/{epoch}"


def refine(context: Context, table: SilverTable, pending: Pending, occasion: str | None = None) -> Accounting:
    """Does the work and returns its row accounting, summed over its batches. `occasion` says why in words.

    Raises LakehouseError where rows would be lost; then nothing is committed.
    """
    work = pending.work
    context.ledger.begin_work(work, context.run)
    many = "es" if len(work.batches) > 1 else ""
    new = f"{len(work.batches)} batch{many} again" if work.step == BACKFILL else f"{len(work.batches)} new batch{many}"
    detail = pending.rebuild or occasion or new
    parents = parent_versions(context, table)
    with step(context.emit, "refine", table.name, detail) as report:
        rows = bronze_rows(context, table, work.batches)
        report.accounting = total(run_work(context, table, work, rows, rebuild=pending.rebuild is not None).values())
        report.rows = report.accounting.read
        report.detail = detail
    # Its rows were judged against these parents and need no retry before one of them changes. Those of work that was left may
    # have been judged against earlier ones.
    if not pending.left:
        context.ledger.set_retried_parents(table.name, parents)
    context.ledger.add_step(context.run, "refine", table.name, report.seconds, report.rows, report.detail)
    return report.accounting


def parent_versions(context: Context, table: SilverTable) -> dict[str, int]:
    """The parents that rows of `table` may wait for, with the version at which each last changed."""
    parents = {rule.reference.parent for rule in table.row_rules if isinstance(rule, ReferenceRule)}
    locations = {parent: context.warehouse.location(parent) for parent in sorted(parents)}
    return {parent: data_version(location) for parent, location in locations.items() if exists(location)}


def bronze_rows(context: Context, table: SilverTable, batches: tuple[str, ...]) -> DataFrame:
    """The bronze rows of `batches`, with rows that were mended in quarantine in place of their originals."""
    location = context.warehouse.location(table.origin)
    bronze = context.spark.read.format("delta").load(location)
    everything = len(batches) == len(context.ledger.ingested(table.origin))
    chosen = bronze if everything else bronze.where(F.col("_batch_id").isin(list(batches)))
    return replace_mended(chosen, mended_rows(context, table))


def run_work(
    context: Context,
    table: SilverTable,
    work: Work,
    bronze: DataFrame,
    rebuild: bool,
    before_record: Callable[[dict[str, Accounting]], None] | None = None,
) -> dict[str, Accounting]:
    """Judges, classifies, quarantines and merges `bronze` as one commit named `work.id`; records it in the ledger.

    `before_record` is done between the commit and its record, so it is repeated should a crash fall between the two.
    """
    recorded = record_committed(context, table, work, before_record)
    if recorded is not None:
        return recorded
    with evaluated(context, table, bronze) as rows:
        partial = count_classes(rows)
        if work.step in READS_BRONZE:
            _require_all_read(context, table, work, partial)
        measures = batch_measures(rows, table, references_of(table), context.name_of, work.batches) if work.step in READS_BRONZE else {}
        replaces = replaces_rejected(context, table, work)
        if rebuild or replaces or any(count.quarantined + count.waiting for count in partial.values()):
            keep_rejected(context, table, work, rows, rebuild, replaces)
        accounting = _merge(context, table, work, rows, partial, measures, rebuild)
    if before_record:
        before_record(accounting)
    context.ledger.finish_refine(work, context.run, accounting, measures)
    return accounting


def record_committed(
    context: Context, table: SilverTable, work: Work, before_record: Callable[[dict[str, Accounting]], None] | None = None
) -> dict[str, Accounting] | None:
    """Records work that was committed before a crash, and returns its row accounting; None where it was not committed."""
    committed = _find_work(context, table, work)
    if committed is None:
        return None
    accounting = {batch: Accounting(**counts) for batch, counts in _counts(committed.metadata).items()}
    measures = committed.metadata.get("measures")
    if before_record:
        before_record(accounting)
    context.ledger.finish_refine(work, context.run, accounting, measures if isinstance(measures, dict) else {})
    return accounting


def _find_work(context: Context, table: SilverTable, work: Work) -> Commit | None:
    """The commit that holds the accounting of `work`, if it came that far: of silver, or where no row changed it, of quarantine."""
    return find_commit(context.warehouse.location(table.name), work.id) or find_mark(context, table, work)


@contextmanager
def evaluated(context: Context, table: SilverTable, bronze: DataFrame) -> Iterator[DataFrame]:
    """The rows judged and classified, held in memory or on local disk while the block runs: they are read several times."""
    first = first_columns(context.warehouse.location(table.origin))
    lookups = [Lookup(reference, parent_keys(context, reference)) for reference in references_of(table)]
    judged = judge(with_orphans(project(complete(bronze, table, first), table), lookups), table, [lookup.reference for lookup in lookups])
    rejected = F.when(F.expr("size(__rules) > 0"), F.to_json("__payload", JSON_OPTIONS))
    with (
        pinned(judged.withColumn("__rejected", rejected).drop("__payload", "__untyped")) as rows,
        pinned(superseded_rows(rows, table)) as superseded,
    ):
        yield classified(rows, superseded if superseded.count() else None)


def references_of(table: SilverTable) -> list[Reference]:
    """The references that the row rules and the batch checks look up, each once."""
    found = [rule.reference for rule in table.row_rules if isinstance(rule, ReferenceRule)]
    found += [check.measure.reference for check in table.checks if isinstance(check.measure, OrphansMeasure) and check.scope == "batch"]
    return [reference for index, reference in enumerate(found) if reference not in found[:index]]


def parent_keys(context: Context, reference: Reference) -> DataFrame:
    """The keys that a parent holds; none where it was never built."""
    location = context.warehouse.location(reference.parent)
    if not exists(location):
        parent = context.tables[reference.parent]
        kinds = {column.name: column.type for column in parent.columns}
        return context.spark.createDataFrame([], ", ".join(f"`{name}` {kinds[name]}" for name in reference.parent_columns))
    return context.spark.read.format("delta").load(location).select(*reference.parent_columns)


def count_classes(rows: DataFrame) -> dict[str, Accounting]:
    """Per batch, winners counted as inserted until the target has been asked."""
    counts: dict[str, dict[str, int]] = {}
    for row in rows.groupBy("_batch_id", "__class").count().collect():
        field = "inserted" if row["__class"] == "winner" else row["__class"]
        counts.setdefault(row["_batch_id"], {})[field] = row["count"]
    return {batch: Accounting(read=sum(fields.values()), **fields) for batch, fields in sorted(counts.items())}


def _require_all_read(context: Context, table: SilverTable, work: Work, counted: dict[str, Accounting]) -> None:
    """Raises LakehouseError LH2103 where a model dropped or added rows: of each batch all that was ingested has to be judged."""
    ingested = {entry.batch: entry.rows for entry in context.ledger.ingested(table.origin)}
    for batch in work.batches:
        require_all_read(table.name, batch, ingested[batch], counted.get(batch, Accounting()))


def _merge(
    context: Context,
    table: SilverTable,
    work: Work,
    rows: DataFrame,
    partial: dict[str, Accounting],
    measures: dict[str, dict[str, float | None]],
    rebuild: bool,
) -> dict[str, Accounting]:
    location = context.warehouse.location(table.name)
    winners = rows.where("__class = 'winner'")
    since = 0
    bounds: str | None = None
    if not rebuild:
        since = open_table(location).version()
        target = context.spark.read.format("delta").load(location).alias("t")
        bounds = pruning(winners, table)
        winners = against_target(winners, target.where(bounds) if bounds else target, table).persist()
        accounting = _with_target(partial, winners)
    else:
        accounting = partial
    for batch, counts in accounting.items():
        require_conservation(table.name, batch, counts)
    metadata = {
        "run": context.run,
        "fingerprint": table.fingerprint,
        "epoch": work.epoch,
        "counts": counts_of(accounting),
        "measures": measures,
    }
    merged = total(accounting.values())
    if rebuild:
        create_table(context.spark, location, silver_columns(table), CHANGE_FEED, table.partitioned_by)
        overwrite_with(winners, table, location, merged.inserted, write_options(work.id, metadata))
    elif merged.updated:
        merge_winners(context.spark, winners, table, location, work.id, metadata, merged, bounds)
    elif merged.inserted:
        append_inserted(winners, table, location, merged.inserted, write_options(work.id, metadata), since)
    winners.unpersist()
    return accounting


def _with_target(partial: dict[str, Accounting], winners: DataFrame) -> dict[str, Accounting]:
    found: dict[str, dict[str, int]] = {}
    for row in winners.groupBy("_batch_id", "__class").count().collect():
        found.setdefault(row["_batch_id"], {})[row["__class"]] = row["count"]
    return {batch: Accounting(**{**asdict(counts), "inserted": 0, **found.get(batch, {})}) for batch, counts in partial.items()}


def counts_of(accounting: dict[str, Accounting]) -> dict[str, dict[str, int]]:
    """Row accounting by batch as a commit carries it."""
    return {batch: asdict(counts) for batch, counts in accounting.items()}


def _counts(metadata: object) -> dict[str, dict[str, int]]:
    counts = metadata.get("counts") if hasattr(metadata, "get") else None
    return counts if isinstance(counts, dict) else {}


def first_columns(location: str) -> set[str]:
    """The columns that a bronze table had when it was created; none where its first log entry is gone."""
    try:
        return {field.name for field in open_table(location, version=0).schema().fields}
    except DeltaError:
        return set()
