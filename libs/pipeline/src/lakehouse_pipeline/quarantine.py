"""The rows that a silver table rejected: kept, retried when their parents arrive, mended and replayed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import Commit, commit_as, exists, find_commit, open_table, write_options
from lakehouse_pipeline.ledger import Work
from lakehouse_pipeline.project import JSON_OPTIONS, ROW_ID
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.silver_table import QUARANTINE_COLUMNS, create_table
from lakehouse_pipeline.warehouse import quarantine_of, sql_identifier, view_name

_SAME_ROW = " and ".join(f"q.{name} <=> s.{name}" for name in ROW_ID)


def quarantine_location(context: Context, table: SilverTable) -> str:
    return context.warehouse.location(quarantine_of(table.name))


def keep_rejected(context: Context, table: SilverTable, work: Work, rows: DataFrame, rebuild: bool) -> None:
    """Adds the rejected of `rows` to quarantine, once. A rebuild replaces all but the rows that were mended and merged."""
    location = quarantine_location(context, table)
    if rebuild and not exists(location) and rows.where("size(__rules) > 0").isEmpty():
        return
    rejected = rows.where("size(__rules) > 0").select(
        *ROW_ID,
        F.expr("case when __waits then 'waiting' else 'open' end").alias("status"),
        F.col("__rules").alias("rules"),
        F.col("_rescued.reason").alias("reason"),
        F.coalesce(F.col("_rescued.text"), F.col("__rejected")).alias("payload"),
        F.lit(False).alias("mended"),
        F.lit(context.run).alias("run"),
        F.current_timestamp().alias("quarantined_at"),
        F.lit(None).cast("timestamp").alias("resolved_at"),
    )
    create_table(context.spark, location, QUARANTINE_COLUMNS, {})
    if rebuild:
        kept = context.spark.read.format("delta").load(location).where("mended")
        rejected = rejected.unionByName(kept)
    options = write_options(f"quarantine/{work.id}", {"run": context.run})
    rejected.write.format("delta").mode("overwrite" if rebuild else "append").options(**options).save(location)


def held_rows(context: Context, table: SilverTable, statuses: Sequence[str], rule: str | None = None, row: str | None = None) -> DataFrame:
    """Quarantined rows in the form of bronze rows, from their payloads. Rows that could not be read at all are not among them."""
    bronze = context.spark.read.format("delta").load(context.warehouse.location(table.origin))
    held = context.spark.read.format("delta").load(quarantine_location(context, table))
    chosen = held.where(F.col("status").isin(list(statuses)) & F.col("reason").isNull())
    if rule is not None:
        chosen = chosen.where(F.array_contains("rules", rule))
    if row is not None:
        chosen = chosen.where(F.expr(ROW_NAME) == row)
    return _from_payload(chosen, bronze)


ROW_NAME = "concat_ws(':', _batch_id, _source_file, _source_row)"
"""Spark SQL of the name by which a person picks one quarantined row."""


def _from_payload(held: DataFrame, bronze: DataFrame) -> DataFrame:
    payload = bronze.drop(*ROW_ID, "_ingested_at", "_rescued").schema
    rescued = bronze.schema["_rescued"].dataType
    return held.select(
        *ROW_ID,
        F.col("quarantined_at").alias("_ingested_at"),
        F.lit(None).cast(rescued).alias("_rescued"),
        F.from_json("payload", payload, JSON_OPTIONS).alias("__row"),
    ).select(*ROW_ID, "_ingested_at", "_rescued", "__row.*")


def mended_rows(context: Context, table: SilverTable) -> DataFrame | None:
    """Rows that a person mended and that were merged, in the form of bronze rows; None where there are none. Starts no Spark job."""
    location = quarantine_location(context, table)
    if not exists(location):
        return None
    if not any(open_table(location).to_pyarrow_table(columns=["mended"])["mended"].to_pylist()):
        return None
    bronze = context.spark.read.format("delta").load(context.warehouse.location(table.origin))
    held = context.spark.read.format("delta").load(location).where("mended and status = 'replayed'")
    return _from_payload(held, bronze)


def replace_mended(bronze: DataFrame, mended: DataFrame | None) -> DataFrame:
    """Bronze rows with the mended ones among them in place of their originals."""
    if mended is None:
        return bronze
    here = mended.join(bronze.select(*ROW_ID), list(ROW_ID), "left_semi")
    return bronze.join(mended.select(*ROW_ID), list(ROW_ID), "left_anti").unionByName(here.select(*bronze.columns))


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


def find_mark(context: Context, table: SilverTable, work: Work) -> Commit | None:
    """The commit by which `mark_replayed` noted the rows of `work`, if it did."""
    return find_commit(quarantine_location(context, table), _mark_id(work))


def _mark_id(work: Work) -> str:
    return f"replayed/{work.id}"


def mend_row(context: Context, table: SilverTable, row: str, values: Mapping[str, str]) -> int:
    """Writes corrected values into the payload of one open row; returns how many rows had that name (0 or 1)."""
    location = quarantine_location(context, table)
    held = context.spark.read.format("delta").load(location).where(F.expr(ROW_NAME) == row).where("status = 'open' and reason is null")
    found = held.collect()
    if not found:
        return 0
    payload = json.dumps({**json.loads(found[0]["payload"]), **values})
    mended = context.spark.createDataFrame([(row, payload)], "name string, payload string")
    mended.createOrReplaceTempView("lakehouse_mended")
    context.spark.sql(
        f"merge into {sql_identifier(location)} q using lakehouse_mended s on {ROW_NAME} = s.name"
        " when matched then update set q.payload = s.payload, q.mended = true"
    ).collect()
    return 1
