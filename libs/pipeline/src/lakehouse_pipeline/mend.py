"""Corrected values for one row in quarantine, also for one that could not be read."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructType

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.project import JSON_OPTIONS
from lakehouse_pipeline.quarantine import ROW_NAME, quarantine_location
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.warehouse import column_identifier, sql_identifier, string_literal


def mend(context: Context, table: SilverTable, row: str | None, values: Mapping[str, str]) -> None:
    """Writes `values`, by columns of the origin, into the row's payload; an empty value is null. It is not judged here.

    A row that could not be read has then these values, and those of its text where that is a JSON object; its other columns are null.
    Raises LakehouseError LH2202 where the row or a column is unknown, a value is not of its column's type, or the row is a whole file.
    """
    if row is None:
        raise LakehouseError("LH2202", table.name, "values are given, but not for which row.", f"Name it with --row. {_SHOW}")
    location = quarantine_location(context, table)
    found = context.spark.read.format("delta").load(location).where(F.expr(ROW_NAME) == row).where("status <> 'replayed'").collect()
    if not found:
        raise LakehouseError("LH2202", table.name, f"no open row is named {row}.", _SHOW)
    [held] = found
    if held["reason"] is not None and held["_batch_id"] in _held_files(context, table):
        raise LakehouseError(
            "LH2202",
            table.name,
            f"{row} is no row: it stands for the whole file {held['_source_file']}, which could not be read ({held['reason']}).",
            "Mend the file where it comes from and deliver it again, under the same name or another; the next run lands it.",
        )
    columns = context.spark.read.format("delta").load(context.warehouse.location(table.origin)).schema
    known = [name for name in table.origin_columns if name in columns.names]
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise LakehouseError("LH2202", table.name, f"{table.origin} has no column {', '.join(unknown)}.", f"It has: {', '.join(known)}.")
    payload = {**_read(held["payload"], columns.names), **typed_values(context.spark, table.name, columns, values)}
    mended = context.spark.createDataFrame([(row, json.dumps(payload))], "name string, payload string")
    mended.createOrReplaceTempView("lakehouse_mended")
    context.spark.sql(
        f"merge into {sql_identifier(location)} q using lakehouse_mended s on {ROW_NAME} = s.name"
        " when matched then update set q.payload = s.payload, q.mended = true, q.status = 'open', q.reason = null"
    ).collect()


_SHOW = "`quarantine show` lists the names."


def _held_files(context: Context, table: SilverTable) -> set[str]:
    return {entry.batch for entry in context.ledger.ingested(table.origin) if entry.held}


def _read(payload: str | None, names: list[str]) -> dict[str, object]:
    """What a payload says of the columns: that of a readable row is their JSON, that of another one whatever came."""
    try:
        found = json.loads(payload or "")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if name in names and not (isinstance(value, float) and not math.isfinite(value))}


def typed_values(spark: SparkSession, table: str, columns: StructType, values: Mapping[str, str]) -> dict[str, object]:
    """The values in the JSON form of their columns' types; an empty one is null.

    Raises LakehouseError LH2202 where one is not of its type.
    """
    typed: dict[str, object] = {name: value or None for name, value in values.items()}
    kinds = {name: columns[name].dataType for name, value in typed.items() if value is not None}
    casts = {name: kind.simpleString() for name, kind in kinds.items() if not isinstance(kind, StringType)}
    if casts:
        fields = [f"try_cast({string_literal(values[name])} as {kind}) as {column_identifier(name)}" for name, kind in casts.items()]
        options = ", ".join(string_literal(part) for pair in JSON_OPTIONS.items() for part in pair)
        [row] = spark.sql(f"select to_json(struct({', '.join(fields)}), map({options})) as row").collect()
        typed.update(json.loads(row["row"]))
    for name in casts:
        if typed[name] is None:
            raise LakehouseError("LH2202", table, f"{values[name]!r} is no {casts[name]}, as {name} is.", "Mend the value.")
    return typed
