"""Gold candidates under names: a view `staging.<table>` over the recomputed rows and the published ones that stay."""

from __future__ import annotations

import re
from collections.abc import Collection

from pyspark.sql import SparkSession

from lakehouse_pipeline.catalog import OfferedCandidate
from lakehouse_pipeline.warehouse import column_identifier, string_literal

_SCHEMA = "staging"
# The build in the name of rows; it has no `_of_` in it.
_BUILD = re.compile(r"(?<=^rows_).*?(?=_of_)")


def offer(spark: SparkSession, candidate: OfferedCandidate) -> None:
    """Shows a candidate as `staging.<table>`; the published tables that its checks read stand beside it.

    The rows of each candidate have a name of their own: a session of a reader keeps the files of a name that it knows.
    """
    spark.sql(f"create schema if not exists {_SCHEMA}")
    name = _rows_name(_build_of(candidate.location), candidate.table)
    _drop_rows(spark, [candidate.table], keep=name)
    rows = _qualified(_SCHEMA, name)
    types = ", ".join(f"{column_identifier(name)} {kind}" for name, kind in candidate.columns.items())
    spark.sql(f"create table if not exists {rows} ({types}) using parquet location {string_literal(candidate.location)}")
    _create_view(spark, candidate.table, _standing(candidate, rows))
    for table in candidate.published:
        _create_view(spark, table, f"select * from {_qualified(*table.split('.', 1))}")


def withdraw(spark: SparkSession, tables: Collection[str]) -> None:
    """Drops the names; rows and published tables stay where they are."""
    for table in tables:
        spark.sql(f"drop view if exists {_qualified(_SCHEMA, table.split('.', 1)[1])}")
    _drop_rows(spark, tables)


def _standing(candidate: OfferedCandidate, rows: str) -> str:
    columns = ", ".join(column_identifier(name) for name in candidate.columns)
    recomputed = f"select {columns} from {rows}"
    if candidate.predicate is None:
        return recomputed
    # A row for which the predicate is null is not replaced.
    staying = f"select {columns} from {_qualified(*candidate.table.split('.', 1))} where ({candidate.predicate}) is not true"
    return f"{staying} union all {recomputed}"


def _create_view(spark: SparkSession, table: str, query: str) -> None:
    spark.sql(f"create or replace view {_qualified(_SCHEMA, table.split('.', 1)[1])} as {query}")


def _drop_rows(spark: SparkSession, tables: Collection[str], keep: str | None = None) -> None:
    ends = tuple(_rows_name("", table) for table in tables)
    for name in _tables(spark):
        if name != keep and _BUILD.sub("", name, count=1) in ends:
            spark.sql(f"drop table if exists {_qualified(_SCHEMA, name)}")


def _tables(spark: SparkSession) -> list[str]:
    if not spark.catalog.databaseExists(_SCHEMA):
        return []
    return [row["tableName"] for row in spark.sql(f"show tables in {_SCHEMA}").collect()]


def _build_of(location: str) -> str:
    """`s3a://staging/<build>/fleet_use` → `<build>`"""
    return location.split("/")[-2]


def _rows_name(build: str, table: str) -> str:
    """`rows_20261123_050000_ab12cd_of_fleet_use`: the catalog knows letters, digits and underscores, in lower case."""
    return f"rows_{re.sub(r'[^A-Za-z0-9]', '_', build)}_of_{table.split('.', 1)[1]}".lower()


def _qualified(schema: str, name: str) -> str:
    return f"{column_identifier(schema)}.{column_identifier(name)}"
