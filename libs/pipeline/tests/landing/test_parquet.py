from __future__ import annotations

import gzip
from datetime import date, datetime, time, timezone
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from landing_world import file_source

from lakehouse_pipeline.landing.spark_types import readable_type, spark_type

if TYPE_CHECKING:
    from landing_world import World

    from lakehouse_pipeline.landing import Manifest


def parquet(table: pa.Table) -> bytes:
    content = BytesIO()
    pq.write_table(table, content, row_group_size=3)
    return content.getvalue()


def only(world: World, content: bytes, columns: str = "", drift: str = "rescue") -> Manifest:
    world.deliver("one.parquet", content)
    (manifest,) = world.land(file_source(columns, drift, type="parquet"))
    return manifest


def test_types_are_kept(world: World) -> None:
    moment = datetime(2013, 1, 1, 12, tzinfo=timezone.utc)
    table = pa.table(
        {
            "i": pa.array([1, None], pa.int32()),
            "d": pa.array([Decimal("1.50"), None], pa.decimal128(10, 2)),
            "t": pa.array([moment, None], pa.timestamp("ms", "Europe/Berlin")),
            "n": pa.array([{"x": [1]}, None], pa.struct([("x", pa.list_(pa.int64()))])),
            "day": pa.array([date(2013, 1, 1), None]),
        }
    )
    manifest = only(world, parquet(table))
    assert [(column.name, column.type) for column in manifest.columns] == [
        ("i", "int"),
        ("d", "decimal(10,2)"),
        ("t", "timestamp"),
        ("n", "struct<x:array<bigint>>"),
        ("day", "date"),
    ]
    assert world.payload(manifest) == [(1, Decimal("1.50"), moment, {"x": [1]}, date(2013, 1, 1)), (None,) * 5]


def test_rows_are_numbered_through_all_row_groups(world: World) -> None:
    manifest = only(world, parquet(pa.table({"i": list(range(10))})))
    assert [(row["_source_row"], row["i"]) for row in world.rows(manifest)] == [(index + 1, index) for index in range(10)]


def test_unknown_columns_are_rescued_as_text_and_missing_ones_have_no_type(world: World) -> None:
    manifest = only(world, parquet(pa.table({"i": [1, 2], "c": [None, 2.5]})), columns="i k")
    assert [column.name for column in manifest.columns] == ["i"]
    assert [row["_rescued"] for row in world.rows(manifest)] == [None, {"reason": None, "text": None, "columns": [("c", "2.5")]}]
    assert (manifest.drift.unknown, manifest.drift.missing) == (("c",), ("k",))


def test_compressed_parquet(world: World) -> None:
    assert world.payload(only(world, gzip.compress(parquet(pa.table({"i": [1, 2]}))))) == [(1,), (2,)]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"no parquet at all", parquet(pa.table({"i": list(range(1000))}))[:-30]])
def test_what_is_no_parquet_is_held(world: World, content: bytes) -> None:
    manifest = only(world, content, columns="i")
    assert "not a readable Parquet file" in str(manifest.held)
    assert (manifest.rows, manifest.columns) == (1, ())


def test_a_damaged_page_holds_the_whole_file(world: World) -> None:
    content = bytearray(parquet(pa.table({"i": [str(index) * 50 for index in range(1000)]})))
    content[len(content) // 4 : len(content) // 4 + 40] = bytes(40)
    assert only(world, bytes(content)).rows in (1, 1000)


def test_a_file_of_other_columns_is_held(world: World) -> None:
    assert "none of the columns a" in str(only(world, parquet(pa.table({"i": [1]})), columns="a").held)


def test_frozen_columns_hold_the_file(world: World) -> None:
    assert "freeze: unknown column c" in str(only(world, parquet(pa.table({"i": [1], "c": [1]})), columns="i", drift="freeze").held)


@pytest.mark.parametrize(
    ("array", "type_", "value"),
    [
        (pa.array([2**64 - 1], pa.uint64()), "decimal(20,0)", Decimal(2**64 - 1)),
        (pa.array([2**32 - 1], pa.uint32()), "bigint", 2**32 - 1),
        (pa.array(["x"]).dictionary_encode(), "string", "x"),
        (pa.array([datetime(2013, 1, 1)], pa.timestamp("ns")), "timestamp_ntz", datetime(2013, 1, 1)),
        (pa.array([time(12, 30)]), "string", "12:30:00"),
        (pa.array([None], pa.null()), "string", None),
    ],
)
def test_types_that_spark_lacks_become_the_nearest(world: World, array: pa.Array, type_: str, value: object) -> None:  # type: ignore[type-arg]
    manifest = only(world, parquet(pa.table({"v": array})))
    assert [column.type for column in manifest.columns] == [type_]
    ((found,),) = world.payload(manifest)
    assert found == value or str(found).startswith(str(value))


@pytest.mark.parametrize(
    "type_",
    [
        pa.int8(),
        pa.uint16(),
        pa.float16(),
        pa.large_string(),
        pa.large_list(pa.date64()),
        pa.map_(pa.string(), pa.uint8()),
        pa.duration("s"),
        pa.decimal256(50, 2),
        pa.binary(4),
    ],
)
def test_every_readable_type_has_a_spark_type(type_: pa.DataType) -> None:
    assert spark_type(readable_type(type_))
