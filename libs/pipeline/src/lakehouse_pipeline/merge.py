"""The one commit that a piece of refine work makes on its silver table."""

from __future__ import annotations

from collections.abc import Mapping

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import DateType, NumericType, TimestampType

from lakehouse_pipeline.accounting import Accounting
from lakehouse_pipeline.classify import rank_value
from lakehouse_pipeline.delta import Commit, commit_as, find_commit
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.ranges import day_ranges
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.warehouse import column_identifier, sql_identifier, string_literal, view_name

# A file of this many rows is small enough to be skipped or rewritten at little cost, and large enough to be worth opening.
ROWS_PER_FILE = 100_000
# The alias of the target in the bounds and in the statement.
TARGET = "t."
MOST_PARTITION_VALUES = 1000
MOST_DAYS = 10_000


def pruning(winners: DataFrame, table: SilverTable) -> str | None:
    """Spark SQL that is true of every target row whose key is among the winners, and lets Delta skip files; None: no such bound.

    A bound on a key column holds for the matching target row too, since matching rows have equal keys.
    """
    bounds = []
    for name in table.key:
        column = column_identifier(name)
        kind = winners.schema[name].dataType
        if name in table.partitioned_by:
            values = [
                row[0] for row in winners.selectExpr(f"cast({column} as string)").distinct().limit(MOST_PARTITION_VALUES + 1).collect()
            ]
            if 0 < len(values) <= MOST_PARTITION_VALUES:
                literals = ", ".join(f"cast({string_literal(value)} as {kind.simpleString()})" for value in values)
                bounds.append(f"{TARGET}{column} in ({literals})")
        elif name in table.clustered_by and isinstance(kind, DateType | TimestampType):
            days = [row[0] for row in winners.selectExpr(f"cast({column} as date)").distinct().limit(MOST_DAYS + 1).collect()]
            if 0 < len(days) <= MOST_DAYS:
                target = f"{TARGET}{column}"
                ranges = [f"({target} >= date'{low}' and {target} < date_add(date'{high}', 1))" for low, high in day_ranges(days)]
                bounds.append(f"({' or '.join(ranges)})")
        elif name in table.clustered_by and isinstance(kind, NumericType):
            low, high = winners.selectExpr(f"min({column})", f"max({column})").collect()[0]
            if low is not None:
                bounds.append(f"{TARGET}{column} between {low} and {high}")
    return " and ".join(bounds) or None


def overwrite_with(winners: DataFrame, table: SilverTable, location: str, count: int, options: Mapping[str, str]) -> None:
    """Writes winners as the whole table, with the contract's descriptions of its columns."""
    comments = {column.name: {"comment": column.description} for column in table.columns if column.description}
    columns = [F.col(column_identifier(name)).alias(name, metadata=comments.get(name, {})) for name in _written(table)]
    _laid_out(winners, table, count).select(*columns).write.format("delta").mode("overwrite").option("overwriteSchema", "true").options(
        **options
    ).save(location)
    _require_metrics(table, location, options["txnAppId"], {"numOutputRows": count})


def append_inserted(winners: DataFrame, table: SilverTable, location: str, count: int, options: Mapping[str, str], since: int) -> None:
    """Appends the rows classified inserted, where none updates another: it costs a fraction of a merge.

    A merge would look once more for rows of the same key; that none came since the classification shows in the version.
    Raises LakehouseError LH2103 where the table was not at version `since` until then.
    """
    inserted = winners.where("__class = 'inserted'")
    _laid_out(inserted, table, count).write.format("delta").mode("append").options(**options).save(location)
    commit = _require_metrics(table, location, options["txnAppId"], {"numOutputRows": count})
    if commit.version != since + 1:
        raise LakehouseError(
            "LH2103",
            table.name,
            f"another program changed it after version {since}, while rows were classified against that version.",
            f"Let nothing but the pipeline write there. Restore version {since} and run again.",
        )


def _laid_out(winners: DataFrame, table: SilverTable, count: int) -> DataFrame:
    """By the table's clustering columns, so that later reads skip files."""
    rows = winners.select(*_written(table))
    if not table.clustered_by:
        return rows
    return rows.repartitionByRange(max(1, count // ROWS_PER_FILE), *[column_identifier(name) for name in table.clustered_by])


def merge_winners(
    spark: SparkSession,
    winners: DataFrame,
    table: SilverTable,
    location: str,
    commit_id: str,
    metadata: Mapping[str, object],
    expected: Accounting,
    bounds: str | None,
) -> None:
    """Merges the rows classified inserted and updated. Guards against older rows a second time, in the statement itself.

    Raises LakehouseError LH2103 where Delta counted other rows than the classification did.
    """
    columns = _written(table)
    changes = winners.where("__class in ('inserted', 'updated')").select(*columns)
    view = view_name("merged", table.name)
    changes.createOrReplaceTempView(view)
    keys = [f"t.{column_identifier(name)} = s.{column_identifier(name)}" for name in table.key]
    on = " and ".join([*keys, *([bounds] if bounds else [])])
    names = [column_identifier(name) for name in columns]
    newer = f"{rank_value(table, 's.')} > {rank_value(table, 't.')}"
    statement = f"""
merge into {sql_identifier(location)} t
using {view} s
on {on}
when matched and {newer} then update set {", ".join(f"t.{name} = s.{name}" for name in names)}
when not matched then insert ({", ".join(names)}) values ({", ".join(f"s.{name}" for name in names)})
"""
    with commit_as(spark, commit_id, metadata):
        spark.sql(statement).collect()
    _require_metrics(
        table,
        location,
        commit_id,
        {"numTargetRowsInserted": expected.inserted, "numTargetRowsUpdated": expected.updated},
    )


def delete_and_update(
    spark: SparkSession,
    changes: DataFrame,
    table: SilverTable,
    location: str,
    commit_id: str,
    metadata: Mapping[str, object],
    updated: int,
    deleted: int,
) -> None:
    """Deletes and updates the keys `__key_<n>` of `changes` as their `__change` says, to older rows too.

    Raises LakehouseError LH2103 where Delta counted other rows.
    """
    view = view_name("reverted", table.name)
    changes.where("__change <> 'unchanged'").createOrReplaceTempView(view)
    on = " and ".join(f"t.{column_identifier(name)} = s.__key_{position}" for position, name in enumerate(table.key))
    names = [column_identifier(name) for name in _written(table)]
    statement = f"""
merge into {sql_identifier(location)} t
using {view} s
on {on}
when matched and s.__change = 'deleted' then delete
when matched then update set {", ".join(f"t.{name} = s.{name}" for name in names)}
"""
    with commit_as(spark, commit_id, metadata):
        spark.sql(statement).collect()
    _require_metrics(table, location, commit_id, {"numTargetRowsUpdated": updated, "numTargetRowsDeleted": deleted})


def _written(table: SilverTable) -> list[str]:
    return [*(column.name for column in table.columns), "_batch_id", "_source_row"]


def _require_metrics(table: SilverTable, location: str, commit_id: str, expected: Mapping[str, int]) -> Commit:
    commit = find_commit(location, commit_id)
    metrics = commit.metrics if commit else {}
    found = {name: int(metrics.get(name, 0)) for name in expected}
    if commit is None or found != dict(expected):
        raise LakehouseError(
            "LH2103",
            table.name,
            f"commit {commit_id} wrote {found}, the classification had {dict(expected)}.",
            "Restore the version before it and report this: it is a fault of the program.",
        )
    return commit
