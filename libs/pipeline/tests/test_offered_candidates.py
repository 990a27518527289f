"""Candidates by name: what a reader of `staging.<table>` sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from lakehouse_pipeline.catalog import OfferedCandidate
from lakehouse_pipeline.offered_candidates import offer, withdraw

Offer = Callable[..., None]
PUBLISHED = "(1, 'old'), (2, 'old'), (cast(null as bigint), 'old')"
COLUMNS = {"id": "bigint", "state": "string"}


@pytest.fixture
def offered(spark: SparkSession, tmp_path: Path) -> Iterator[Offer]:
    """Offers rows as a candidate of gold.sums, of which three rows are published; gold.sums_of_sums stands beside it."""
    spark.sql("create schema gold")
    for table in ("sums", "sums_of_sums"):
        spark.sql(f"create table gold.{table} (id bigint, state string) using delta location '{tmp_path / table}'")
        spark.sql(f"insert into gold.{table} values {PUBLISHED}")

    def make(
        build: str, rows: str, predicate: str | None = None, table: str = "gold.sums", published: frozenset[str] = frozenset()
    ) -> None:
        location = str(tmp_path / "staging" / build / table.split(".")[1])
        typed = f"select cast(id as bigint) as id, state from values {rows} as v(id, state)"
        spark.sql(typed).write.parquet(location)
        offer(spark, OfferedCandidate(table, location, predicate, COLUMNS, published))

    yield make
    for schema in ("staging", "gold"):
        spark.sql(f"drop schema if exists {schema} cascade")


def rows(spark: SparkSession, table: str) -> list[tuple[int | None, str]]:
    return sorted(((row["id"], row["state"]) for row in spark.table(table).collect()), key=repr)


def names(spark: SparkSession) -> list[str]:
    # Views of the session, which other tests share, are listed with any schema.
    return sorted(row["tableName"] for row in spark.sql("show tables in staging").collect() if not row["isTemporary"])


def test_recomputed_rows_take_the_place_of_those_that_the_predicate_names(spark: SparkSession, offered: Offer) -> None:
    offered("run-1-ab", "(2, 'new'), (3, 'new')", "id in (2, 3)")
    assert rows(spark, "staging.sums") == [(1, "old"), (2, "new"), (3, "new"), (None, "old")]


def test_without_a_predicate_nothing_published_stays(spark: SparkSession, offered: Offer) -> None:
    offered("run-1-ab", "(3, 'new')")
    assert rows(spark, "staging.sums") == [(3, "new")]


def test_a_candidate_takes_the_place_of_an_earlier_one_and_of_no_other_table(spark: SparkSession, offered: Offer) -> None:
    offered("run-1-ab", "(3, 'first')")
    offered("run-1-cd", "(3, 'of sums')", table="gold.sums_of_sums")
    offered("run-1-ef", "(3, 'second')")
    assert rows(spark, "staging.sums") == [(3, "second")]
    assert rows(spark, "staging.sums_of_sums") == [(3, "of sums")]
    assert names(spark) == ["rows_run_1_cd_of_sums_of_sums", "rows_run_1_ef_of_sums", "sums", "sums_of_sums"]


def test_published_tables_that_its_checks_read_stand_beside_it(spark: SparkSession, offered: Offer) -> None:
    offered("run-1-ab", "(3, 'new')", published=frozenset({"gold.sums_of_sums"}))
    assert len(rows(spark, "staging.sums_of_sums")) == 3


def test_withdrawn_it_is_seen_no_more_and_its_rows_stay(spark: SparkSession, offered: Offer, tmp_path: Path) -> None:
    offered("run-1-ab", "(3, 'new')")
    withdraw(spark, ["gold.sums"])
    assert names(spark) == []
    assert list((tmp_path / "staging/run-1-ab/sums").glob("*.parquet"))
    assert len(rows(spark, "gold.sums")) == 3


def test_withdrawing_what_was_never_offered_does_nothing(spark: SparkSession) -> None:
    withdraw(spark, ["gold.sums"])
