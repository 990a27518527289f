"""The rows that a silver table rejected: kept, retried when their parents arrive, mended and replayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import (
    Commit,
    anonymous_command,
    commit_as,
    exists,
    find_commit,
    open_table,
    scanned,
    times_committed,
    write_options,
)
from lakehouse_pipeline.ledger_rows import BACKFILL, READS_BRONZE, Work
from lakehouse_pipeline.project import JSON_OPTIONS, ROW_ID
from lakehouse_pipeline.schema.plan import ReferenceRule, SilverTable
from lakehouse_pipeline.silver_table import QUARANTINE_COLUMNS, create_table
from lakehouse_pipeline.warehouse import quarantine_of, sql_identifier, string_literal, view_name

STATUSES = ("open", "waiting", "replayed")
_SAME_ROW = " and ".join(f"q.{name} <=> s.{name}" for name in ROW_ID)


def quarantine_location(context: Context, table: SilverTable) -> str:
    return context.warehouse.location(quarantine_of(table.name))


def replaces_rejected(context: Context, table: SilverTable, work: Work) -> bool:
    """Whether work takes the place of what its batches have in quarantine: a backfill, and what a crash left after it kept rejected rows.

    The rows are judged anew then, maybe beside parents that came since.
    """
    return work.step == BACKFILL or (work.step in READS_BRONZE and times_committed(quarantine_location(context, table), _kept_id(work)) > 0)


def keep_rejected(context: Context, table: SilverTable, work: Work, rows: DataFrame, rebuild: bool, replaces: bool = False) -> None:
    """Adds the rejected of `rows` to quarantine.

    A rebuild replaces all of it, with `replaces` work replaces the rows of its batches that are not merged.
    What a person mended stays mended, whether it is rejected again or merged now.
    """
    location = quarantine_location(context, table)
    again = _replaced(work.batches) if replaces and not rebuild else None
    if (rebuild or again) and rows.where("size(__rules) > 0").isEmpty() and _is_empty(context, location, again):
        return
    rejected = rows.where("size(__rules) > 0").select(
        *ROW_ID,
        F.expr(_STATUS).alias("status"),
        F.col("__rules").alias("rules"),
        F.col("_rescued.reason").alias("reason"),
        F.coalesce(F.col("_rescued.text"), F.col("__rejected")).alias("payload"),
        F.lit(False).alias("mended"),
        F.lit(context.run).alias("run"),
        F.current_timestamp().alias("quarantined_at"),
        F.lit(None).cast("timestamp").alias("resolved_at"),
    )
    create_table(context.spark, location, QUARANTINE_COLUMNS, {})
    if rebuild or again:
        mended = context.spark.read.format("delta").load(location).where("mended")
        rejected = _with_mended(rejected, mended.where(again) if again else mended)
    kept = _kept_id(work)
    options = write_options(kept, {"run": context.run}, times_committed(location, kept) + 1)
    if again is not None:
        options["replaceWhere"] = again
    rejected.write.format("delta").mode("overwrite" if rebuild or again else "append").options(**options).save(location)


def _kept_id(work: Work) -> str:
    return f"quarantine/{work.id}"


_STATUS = "case when __waits then 'waiting' else 'open' end"


def _replaced(batches: Sequence[str]) -> str:
    names = ", ".join(string_literal(batch) for batch in batches)
    return f"_batch_id in ({names}) and (status in ('open', 'waiting') or mended)"


def _with_mended(rejected: DataFrame, mended: DataFrame) -> DataFrame:
    """All rejected rows, noted as mended where they are, and the other mended rows, which have been merged now."""
    mark = mended.select(*ROW_ID, F.lit(True).alias("__mended"))
    noted = rejected.join(mark, list(ROW_ID), "left").withColumn("mended", F.expr("coalesce(__mended, false)")).drop("__mended")
    merged = mended.join(rejected.select(*ROW_ID), list(ROW_ID), "left_anti").withColumns(
        {"status": F.lit("replayed"), "resolved_at": F.expr("coalesce(resolved_at, current_timestamp())")}
    )
    return noted.unionByName(merged)


def _is_empty(context: Context, location: str, predicate: str | None) -> bool:
    """Whether nothing lies in quarantine that a backfill would replace; for a rebuild, whether there is no quarantine."""
    if not exists(location):
        return True
    return predicate is not None and context.spark.read.format("delta").load(location).where(predicate).isEmpty()


def held_rows(context: Context, table: SilverTable, statuses: Sequence[str], rule: str | None = None, row: str | None = None) -> DataFrame:
    """Quarantined rows in the form of bronze rows, from their payloads."""
    held = context.spark.read.format("delta").load(quarantine_location(context, table))
    chosen = held.where(F.col("status").isin(list(statuses)))
    if rule is not None:
        chosen = chosen.where(F.array_contains("rules", rule))
    if row is not None:
        chosen = chosen.where(F.expr(ROW_NAME) == row)
    return _from_payload(context, table, chosen)


def rows_without_parent(context: Context, table: SilverTable) -> DataFrame:
    """Quarantined rows that a parent may help, in the form of bronze rows: those that wait, and those that break other rules too."""
    held = context.spark.read.format("delta").load(quarantine_location(context, table))
    references = F.array(*[F.lit(rule) for rule in _reference_rules(table)]).cast("array<string>")
    return _from_payload(context, table, held.where("status <> 'replayed'").where(F.arrays_overlap("rules", references)))


def lacks_parents(context: Context, table: SilverTable) -> bool:
    """Whether there are any. Needs no Spark."""
    location = quarantine_location(context, table)
    references = set(_reference_rules(table))
    if not references or not exists(location):
        return False
    wanted = pa.array(sorted(references))
    held = scanned(location, ["rules"], pc.field("status") != "replayed")
    return any(pc.any(pc.is_in(pc.list_flatten(rows["rules"]), wanted)).as_py() for rows in held)


def _reference_rules(table: SilverTable) -> list[str]:
    return [rule.id for rule in table.row_rules if isinstance(rule, ReferenceRule)]


ROW_NAME = "concat_ws(':', _batch_id, _source_file, _source_row)"
"""Spark SQL of the name by which a person picks one quarantined row."""


def _from_payload(context: Context, table: SilverTable, held: DataFrame) -> DataFrame:
    bronze = context.spark.read.format("delta").load(context.warehouse.location(table.origin))
    payload = bronze.drop(*ROW_ID, "_ingested_at", "_rescued").schema
    rescued = bronze.select("_rescued.*").schema
    unreadable = {"reason": "reason", "text": "payload"}
    fields = [F.expr(unreadable.get(field.name, "null")).cast(field.dataType).alias(field.name) for field in rescued]
    return held.select(
        *ROW_ID,
        F.col("quarantined_at").alias("_ingested_at"),
        F.when(F.col("reason").isNotNull(), F.struct(*fields)).alias("_rescued"),
        F.from_json("payload", payload, JSON_OPTIONS).alias("__row"),
    ).select(*ROW_ID, "_ingested_at", "_rescued", "__row.*")


def mended_rows(context: Context, table: SilverTable) -> DataFrame | None:
    """Rows that a person mended, in the form of bronze rows; None where there are none. Starts no Spark job."""
    location = quarantine_location(context, table)
    if not exists(location):
        return None
    if not pc.any(open_table(location).to_pyarrow_table(columns=["mended"])["mended"]).as_py():
        return None
    return _from_payload(context, table, context.spark.read.format("delta").load(location).where("mended"))


def replace_mended(bronze: DataFrame, mended: DataFrame | None) -> DataFrame:
    """Bronze rows with the mended ones among them in place of their originals."""
    if mended is None:
        return bronze
    here = mended.join(bronze.select(*ROW_ID), list(ROW_ID), "left_semi")
    return bronze.join(mended.select(*ROW_ID), list(ROW_ID), "left_anti").unionByName(here.select(*bronze.columns))


def note_reasons(context: Context, table: SilverTable, judged: DataFrame) -> None:
    """Writes to the rows of quarantine that `judged` still rejects which rules they break now, and whether they but wait for a parent."""
    location = quarantine_location(context, table)
    view = view_name("judged", table.name)
    rejected = judged.where("size(__rules) > 0").select(*ROW_ID, F.col("__rules").alias("rules"), F.expr(_STATUS).alias("status"))
    rejected.createOrReplaceTempView(view)
    differs = "(q.rules <> s.rules or q.status <> s.status)"
    target = sql_identifier(location)
    # An empty merge would be a version of its own.
    if context.spark.sql(f"select 1 from {target} q join {view} s on {_SAME_ROW} and {differs}").isEmpty():
        return
    with anonymous_command():
        context.spark.sql(
            f"merge into {target} q using {view} s on {_SAME_ROW}"
            f" when matched and {differs} then update set q.rules = s.rules, q.status = s.status"
        ).collect()


def mark_replayed(context: Context, table: SilverTable, work: Work, rows: DataFrame, counts: Mapping[str, object]) -> None:
    """Notes in quarantine that `rows` have been merged into silver, once.

    The commit carries the row accounting, since the rows of a work may all be unchanged: then silver has no commit to carry it.
    """
    view = view_name("replayed", table.name)
    rows.select(*ROW_ID).createOrReplaceTempView(view)
    with commit_as(context.spark, _mark_id(work), {"run": context.run, "counts": counts}):
        context.spark.sql(
            f"merge into {sql_identifier(quarantine_location(context, table))} q using {view} s on {_SAME_ROW}"
            " when matched then update set q.status = 'replayed', q.resolved_at = current_timestamp()"
        ).collect()


def drop_batch(context: Context, table: SilverTable, work: Work) -> None:
    """Removes the rows of a batch that was taken out, once; bronze keeps them."""
    location = quarantine_location(context, table)
    batch = f"_batch_id = {string_literal(work.batches[0])}"
    if not exists(location) or context.spark.read.format("delta").load(location).where(batch).isEmpty():
        return
    with commit_as(context.spark, f"dropped/{work.id}", {"run": context.run}):
        context.spark.sql(f"delete from {sql_identifier(location)} where {batch}").collect()


def find_mark(context: Context, table: SilverTable, work: Work) -> Commit | None:
    """The commit by which `mark_replayed` noted the rows of `work`, if it did."""
    return find_commit(quarantine_location(context, table), _mark_id(work))


def _mark_id(work: Work) -> str:
    return f"replayed/{work.id}"
