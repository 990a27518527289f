"""Takes a bad batch out of silver: the keys that it touched are rebuilt from the other batches in bronze."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from lakehouse_pipeline.accounting import Accounting, require_conservation, total
from lakehouse_pipeline.classify import content_hash
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.database import Statement, statement
from lakehouse_pipeline.delta import exists, find_commit
from lakehouse_pipeline.events import step
from lakehouse_pipeline.ledger_rows import REVERT, Work, now
from lakehouse_pipeline.merge import delete_and_update
from lakehouse_pipeline.pinned import pinned
from lakehouse_pipeline.project import ROW_ID, complete, project
from lakehouse_pipeline.quarantine import drop_batch, keep_rejected, quarantine_location
from lakehouse_pipeline.refine import bronze_rows, count_classes, counts_of, evaluated, first_columns, left_work
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.silver_table import silver_state
from lakehouse_pipeline.warehouse import column_identifier


def begin_revert(context: Context, table: SilverTable, batch: str, by: str, reason: str) -> bool:
    """Writes down that the batch counts no more for the table, and the work that this is; False where it was written down before.

    A batch that was not refined yet, or that the table's rebuild would read, is but left out from now on.
    """
    if batch in context.ledger.reverted(table.name):
        return False
    state = silver_state(table, context.warehouse.location(table.name))
    refined = state.rebuild is None and batch in context.ledger.refined(table.name, state.epoch)
    work = Work(f"revert/{table.name}/{batch}/{state.epoch}", REVERT, table.name, state.epoch, (batch,))
    context.ledger.write(
        statement("insert into reverted values (?, ?, ?, ?, ?, ?)", table.name, batch, context.run, by, reason, now()),
        *([context.ledger.beginning(work, context.run)] if refined else []),
    )
    return True


def revert_due(context: Context, table: SilverTable) -> Work | None:
    """The work of a revert that was written down and is not done. A rebuild leaves the batch out without it."""
    left = left_work(context, table)
    return left if left is not None and left.step == REVERT else None


def revert(context: Context, table: SilverTable, work: Work) -> Accounting:
    """Rebuilds the keys of the batch, in one commit, and returns the accounting of the other batches' rows that were read for it.

    Raises LakehouseError LH2103 where rows would be lost; then nothing is committed.
    """
    batch = work.batches[0]
    with step(context.emit, "refine", table.name, f"batch {batch} taken out") as report:
        accounting, deleted = _committed(context, table, work) or _rebuild(context, table, work)
        drop_batch(context, table, work)
        _finish(context, work, accounting)
        report.accounting = total(accounting.values())
        report.rows = report.accounting.read
        report.detail = f"batch {batch} taken out: {report.accounting.updated} keys as they were without it, {deleted} gone"
    context.ledger.add_step(context.run, "refine", table.name, report.seconds, report.rows, report.detail)
    return report.accounting


def _committed(context: Context, table: SilverTable, work: Work) -> tuple[dict[str, Accounting], int] | None:
    commit = find_commit(context.warehouse.location(table.name), work.id)
    counts = commit.metadata.get("counts") if commit else None
    if commit is None or not isinstance(counts, dict):
        return None
    return {batch: Accounting(**fields) for batch, fields in counts.items()}, int(str(commit.metadata.get("deleted", 0)))


def _rebuild(context: Context, table: SilverTable, work: Work) -> tuple[dict[str, Accounting], int]:
    location = context.warehouse.location(table.name)
    with _touched(context, table, work) as touched, evaluated(context, table, _other_rows(context, table, work, touched)) as rows:
        counted = count_classes(rows)
        if any(counts.quarantined + counts.waiting for counts in counted.values()):
            keep_rejected(context, table, work, rows, rebuild=False)
        with pinned(_compared(table, work.batches[0], touched, rows.where("__class = 'winner'"))) as changes:
            accounting, deleted = _account(table, counted, changes)
            merged = total(accounting.values())
            if merged.updated or deleted:
                metadata = {
                    **{"run": context.run, "fingerprint": table.fingerprint, "epoch": work.epoch},
                    **{"counts": counts_of(accounting), "deleted": deleted},
                }
                delete_and_update(context.spark, changes, table, location, work.id, metadata, merged.updated, deleted)
    return accounting, deleted


@contextmanager
def _touched(context: Context, table: SilverTable, work: Work) -> Iterator[DataFrame]:
    """The silver rows whose keys the batch has."""
    own = _projected(context, table, bronze_rows(context, table, work.batches)).select(*_keys(table)).distinct()
    silver = context.spark.read.format("delta").load(context.warehouse.location(table.name))
    with pinned(silver.join(own, list(table.key), "left_semi")) as touched:
        yield touched


def _other_rows(context: Context, table: SilverTable, work: Work, touched: DataFrame) -> DataFrame:
    """The bronze rows of the same keys that other batches brought and that are not in quarantine."""
    gone = {*work.batches, *context.ledger.reverted(table.name)}
    others = tuple(sorted(context.ledger.refined(table.name, work.epoch) - gone))
    bronze = bronze_rows(context, table, others)
    same = _projected(context, table, bronze).join(touched.select(*_keys(table)), list(table.key), "left_semi").select(*ROW_ID)
    quarantine = quarantine_location(context, table)
    if exists(quarantine):
        held = context.spark.read.format("delta").load(quarantine).where("status in ('open', 'waiting')")
        same = same.join(held.select(*ROW_ID), list(ROW_ID), "left_anti")
    return bronze.join(same, list(ROW_ID), "left_semi")


def _projected(context: Context, table: SilverTable, bronze: DataFrame) -> DataFrame:
    return project(complete(bronze, table, first_columns(context.warehouse.location(table.origin))), table)


def _keys(table: SilverTable) -> list[str]:
    return [column_identifier(name) for name in table.key]


def _compared(table: SilverTable, batch: str, touched: DataFrame, winners: DataFrame) -> DataFrame:
    """Each touched key as it would be without the batch, with `__change`: deleted, updated or unchanged.

    A row that came with the batch is updated even where another batch brought the same values: it says where it came from.
    """
    keys = [f"{column_identifier(name)} as __key_{position}" for position, name in enumerate(table.key)]
    held = touched.selectExpr(*keys, f"{content_hash(table)} as __held_hash", "_batch_id as __held_batch")
    rest = winners.withColumn("__hash", F.expr(content_hash(table)))
    matches = F.lit(True)
    for position, name in enumerate(table.key):
        matches = matches & (F.col(column_identifier(name)) == F.col(f"__key_{position}"))
    change = (
        "case when __hash is null then 'deleted' when __hash = __held_hash and __held_batch <> '{}' then 'unchanged' else 'updated' end"
    )
    return held.join(rest, matches, "left").withColumn("__change", F.expr(change.format(batch.replace("'", "\\'"))))


def _account(table: SilverTable, counted: dict[str, Accounting], changes: DataFrame) -> tuple[dict[str, Accounting], int]:
    """The rows that were read, by batch and what became of them; and how many keys nothing is left of."""
    found: dict[str | None, dict[str, int]] = {}
    for row in changes.groupBy("_batch_id", "__change").count().collect():
        found.setdefault(row["_batch_id"], {})[row["__change"]] = row["count"]
    deleted = found.pop(None, {}).get("deleted", 0)
    accounting = {batch: Accounting(**{**asdict(counts), "inserted": 0, **found.get(batch, {})}) for batch, counts in counted.items()}
    for batch, counts in accounting.items():
        require_conservation(table.name, batch, counts)
    return accounting, deleted


def _finish(context: Context, work: Work, accounting: dict[str, Accounting]) -> None:
    """The batch counts no more: what it came to is superseded, and no release stands on it."""
    batch = (work.table, work.epoch, work.batches[0])
    of_batch = "where table_name = ? and epoch = ? and batch = ?"
    context.ledger.write(
        Statement(f"update accounting set step = 'superseded' {of_batch} and step <> ?", [(*batch, REVERT)]),
        Statement(f"delete from refined {of_batch}", [batch]),
        Statement(f"delete from released {of_batch}", [batch]),
        *context.ledger.accounted(work, context.run, accounting),
    )
