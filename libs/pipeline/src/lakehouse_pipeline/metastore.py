from __future__ import annotations

from collections.abc import Collection, Mapping

from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession

from lakehouse_pipeline.catalog import OfferedCandidate
from lakehouse_pipeline.database import Database, Statement
from lakehouse_pipeline.offered_candidates import offer, withdraw
from lakehouse_pipeline.warehouse import string_literal


class Metastore:
    """The platform's catalog: each table is external, so that a drop never deletes its rows.

    What was entered is remembered in the database, so that a run need not ask the metastore for each table.
    """

    def __init__(self, database: Database, memory: int = 0) -> None:
        """`memory`: bytes of published tables that the query server may hold."""
        self._database = database
        self.memory = memory

    def unknown(self, locations: Mapping[str, str]) -> Mapping[str, str]:
        known = {row["table_name"]: row["location"] for row in self._database.rows("select table_name, location from catalogued")}
        return {table: location for table, location in locations.items() if known.get(table) != location}

    def enter(self, spark: SparkSession, locations: Mapping[str, str]) -> None:
        # A schema's own location is left to the server: dropping a schema deletes what lies there.
        for schema in sorted({table.split(".")[0] for table in locations}):
            spark.sql(f"create schema if not exists {schema}")
        for table, location in locations.items():
            _create(spark, table, location)
        remembered = "insert into catalogued values (?, ?) on conflict (table_name) do update set location = excluded.location"
        self._database.write(Statement(remembered, list(locations.items())))

    def refresh(self, spark: SparkSession, locations: Mapping[str, str]) -> None:
        for table, location in locations.items():
            try:
                spark.sql(f"refresh table {table}")
            except AnalysisException:
                # The metastore was set up anew since.
                self.enter(spark, {table: location})

    def hold(self, spark: SparkSession, table: str) -> None:
        spark.sql(f"cache table {table}")

    def let_go(self, spark: SparkSession, tables: Collection[str]) -> None:
        for table in tables:
            spark.sql(f"uncache table if exists {table}")

    def offer(self, spark: SparkSession, candidate: OfferedCandidate) -> None:
        offer(spark, candidate)

    def withdraw(self, spark: SparkSession, tables: Collection[str]) -> None:
        withdraw(spark, tables)


def _create(spark: SparkSession, table: str, location: str) -> None:
    try:
        spark.sql(f"create table if not exists {table} using delta location {string_literal(location)}")
    except AnalysisException:
        # Another domain entered the same table at the same moment.
        if not spark.catalog.tableExists(table):
            raise
