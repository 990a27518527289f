"""Shapes of DESCRIBE TABLE as Spark 4.2 with Delta 4.4 gives them over Thrift."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lakehouse_superset.described_table import DescribedColumn, described_table

COLUMNS = [("id", "bigint", None), ("day", "date", "Local day."), ("tags", "array<string>", "")]
PARTITIONED = [*COLUMNS, ("# Partition Information", "", ""), ("# col_name", "data_type", "comment"), ("day", "date", "Local day.")]
CLUSTERED = [*COLUMNS, ("# Clustering Information", "", ""), ("# col_name", "data_type", "comment"), ("id", "bigint", None)]
NAMES = ["id", "day", "tags"]


def test_columns_come_with_type_and_comment() -> None:
    table = described_table(COLUMNS)
    assert list(table.columns) == [
        DescribedColumn("id", "bigint", None),
        DescribedColumn("day", "date", "Local day."),
        DescribedColumn("tags", "array<string>", None),
    ]
    assert table.partitioned_by == []


def test_the_columns_of_a_partitioned_table_are_listed_once() -> None:
    table = described_table(PARTITIONED)
    assert [column.name for column in table.columns] == NAMES
    assert table.partitioned_by == ["day"]


def test_clustering_is_no_partitioning() -> None:
    table = described_table(CLUSTERED)
    assert [column.name for column in table.columns] == NAMES
    assert table.partitioned_by == []


def test_an_empty_row_ends_the_columns() -> None:
    table = described_table([*COLUMNS, ("", "", ""), ("# Detailed Table Information", "", ""), ("Owner", "root", "")])
    assert [column.name for column in table.columns] == NAMES


@given(st.lists(st.from_regex(r"[a-z][a-z0-9_]*", fullmatch=True), unique=True, min_size=1))
def test_every_column_is_found_whatever_follows(names: list[str]) -> None:
    rows = [(name, "bigint", None) for name in names]
    section = [("# Partition Information", "", ""), ("# col_name", "data_type", "comment"), rows[-1]]
    table = described_table([*rows, *section, ("", "", ""), ("# Metadata", "", ""), ("Owner", "root", "")])
    assert [column.name for column in table.columns] == names
    assert table.partitioned_by == names[-1:]
