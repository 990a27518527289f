from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from landing_world import database_source, execute, reason, things

from lakehouse_pipeline.landing import RangeOrigin, sqlite_driver
from lakehouse_pipeline.problem import LakehouseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from landing_world import World

    from lakehouse_pipeline.landing import Manifest


def span(manifest: Manifest) -> tuple[object, object]:
    assert isinstance(manifest.origin, RangeOrigin)
    return manifest.origin.from_, manifest.origin.to


def ids(world: World, manifest: Manifest) -> list[object]:
    return [row["id"] for row in world.rows(manifest)]


HOURLY = database_source(watermark="updated_at", lag=3600)


def test_the_watermark_moves_and_the_lag_is_read_again(world: World) -> None:
    things(world, "(1, '2013-01-01 00:00:00')", "(2, '2013-01-01 10:00:00')")
    (first,) = world.land(HOURLY)
    assert (span(first), ids(world, first)) == ((None, "2013-01-01 10:00:00"), [1, 2])
    assert world.land(HOURLY) == []
    things(world, "(3, '2013-01-01 09:30:00')", "(4, '2013-01-01 08:00:00')", "(5, '2013-01-01 11:00:00')")
    (second,) = world.land(HOURLY)
    assert span(second) == ("2013-01-01 09:00:00", "2013-01-01 11:00:00")
    assert ids(world, second) == [3, 2, 5]
    assert world.land(HOURLY) == []
    assert world.folders() == ["things-000001", "things-000002"]


def test_a_late_row_within_the_lag_is_landed_though_the_watermark_stands(world: World) -> None:
    things(world, "(1, '2013-01-01T10:00:00Z')")
    world.land(HOURLY)
    things(world, "(2, '2013-01-01T09:30:00Z')")
    (second,) = world.land(HOURLY)
    assert (span(second)[1], ids(world, second)) == ("2013-01-01T10:00:00Z", [2, 1])
    assert world.land(HOURLY) == []


def test_a_changed_row_within_the_lag_is_landed(world: World) -> None:
    execute(world, "create table things (id integer, v text, updated_at timestamp)", "insert into things values (1, 'x', '2013-01-01')")
    world.land(HOURLY)
    execute(world, "update things set v = 'y'")
    (second,) = world.land(HOURLY)
    assert [row["v"] for row in world.rows(second)] == ["y"]


def test_rows_without_a_watermark_are_never_lost(world: World) -> None:
    things(world, "(1, null)", "(2, '2013-01-01 10:00:00')")
    (first,) = world.land(HOURLY)
    assert sorted(map(str, ids(world, first))) == ["1", "2"]
    assert world.land(HOURLY) == []
    things(world, "(3, null)")
    (second,) = world.land(HOURLY)
    assert set(ids(world, second)) == {1, 2, 3}
    assert world.land(HOURLY) == []


def test_numbers_serve_as_watermark(world: World) -> None:
    source = database_source(watermark="id", lag=1)
    things(world, "(1, null)", "(2, null)")
    assert span(world.land(source)[0]) == (None, 2)
    things(world, "(3, null)")
    (second,) = world.land(source)
    assert (span(second), ids(world, second)) == ((1, 3), [2, 3])


def test_a_relation_without_watermark_is_landed_when_it_changed(world: World) -> None:
    source = database_source()
    things(world, "(1, null)", "(2, null)")
    assert world.land(source)[0].rows == 2
    execute(world, "vacuum")
    assert world.land(source) == []
    execute(world, "delete from things where id = 1", "insert into things values (1, null)")
    assert world.land(source) == [], "The same rows in another order are the same content."
    things(world, "(2, null)")
    assert ids(world, world.land(source)[0]) == [2, 1, 2]


def test_an_empty_relation_lands_its_columns_once(world: World) -> None:
    things(world)
    (manifest,) = world.land(HOURLY)
    assert (manifest.rows, [column.type for column in manifest.columns]) == (0, ["bigint", "timestamp"])
    assert world.land(HOURLY) == []
    things(world, "(1, '2013-01-01')")
    assert world.land(HOURLY)[0].rows == 1


def test_a_relative_path_starts_from_the_workspace(world: World) -> None:
    things(world, "(1, null)")
    world.connections["operations"] = "sqlite:///operations.db"
    assert world.land(database_source())[0].rows == 1


def test_a_view_is_read_like_a_table(world: World) -> None:
    things(world, "(1, '2013-01-01')")
    execute(world, "create view latest as select id, updated_at from things")
    assert world.land(database_source(relation="latest", watermark="updated_at"))[0].rows == 1


def test_declared_types(world: World) -> None:
    execute(
        world,
        "create table things (i int, r double precision, b boolean, d date, t datetime, m decimal(5, 2), x blob, s varchar(10), u)",
        "insert into things values (1, 2, 1, '2013-01-02', '2013-01-02T03:04:05.5+01:00', '1.5', x'00ff', 'é', 7)",
        "insert into things values (null, null, null, null, null, null, null, null, null)",
    )
    (manifest,) = world.land(database_source())
    assert [column.type for column in manifest.columns] == [
        "bigint",
        "double",
        "boolean",
        "date",
        "timestamp",
        "decimal(5,2)",
        "binary",
        "string",
        "string",
    ]
    moment = datetime(2013, 1, 2, 2, 4, 5, 500_000, tzinfo=timezone.utc)
    assert world.payload(manifest) == [(1, 2.0, True, date(2013, 1, 2), moment, Decimal("1.50"), b"\x00\xff", "é", "7"), (None,) * 9]


@pytest.mark.parametrize(
    ("declared", "value", "why"),
    [
        ("integer", "'abc'", "is no integer"),
        ("integer", "1.5", "is no integer"),
        ("real", "'abc'", "is no number"),
        ("boolean", "2", "is no truth value"),
        ("date", "'2013-02-30'", "day"),
        ("timestamp", "'yesterday'", "no ISO 8601 timestamp"),
        ("timestamp", "1356998400000", "year 10000"),
        ("timestamp", "'0001-01-01T00:00:00+01:00'", "years 1 to 9999"),
        ("decimal(5, 2)", "'1.234'", "is no decimal(5,2)"),
        ("decimal(5, 2)", "'12345'", "is no decimal(5,2)"),
        ("decimal(5, 2)", "'abc'", "is no decimal(5,2)"),
        ("text", "cast(x'ff' as text)", "not UTF-8"),
        ("blob", "'text'", "is no binary value"),
    ],
)
def test_a_value_that_does_not_fit_its_type_makes_its_row_malformed(world: World, declared: str, value: str, why: str) -> None:
    execute(world, f"create table things (id integer, v {declared})", f"insert into things values (1, {value}), (2, null)")
    (manifest,) = world.land(database_source())
    bad, good = world.rows(manifest)
    assert "column v" in str(reason(bad))
    assert why in str(reason(bad))
    assert bad["id"] is None
    assert '"id": 1' in bad["_rescued"]["text"]
    assert (good["id"], good["_rescued"], manifest.malformed) == (2, None, 1)


def test_unknown_columns_are_rescued_and_missing_ones_reported(world: World) -> None:
    execute(world, "create table things (id integer, colour text)", "insert into things values (1, 'red'), (2, null)")
    (manifest,) = world.land(database_source("id size"))
    assert [row["_rescued"] for row in world.rows(manifest)] == [{"reason": None, "text": None, "columns": [("colour", "red")]}, None]
    assert (manifest.drift.unknown, manifest.drift.missing) == (("colour",), ("size",))


def test_frozen_columns_land_nothing(world: World) -> None:
    things(world, "(1, null)")
    with pytest.raises(LakehouseError, match=r"LH2019.*unknown column updated_at"):
        world.land(database_source("id", "freeze"))
    assert world.folders() == []


def test_other_known_columns_land_an_unchanged_relation_again(world: World) -> None:
    things(world, "(1, null)")
    world.land(database_source("id"))
    assert len(world.land(database_source("id updated_at"))) == 1


def test_a_database_that_goes_away_in_mid_read_lands_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_driver, "_PORTION", 1000)
    path = execute(world, "create table things (id integer, v text)")
    with closing(sqlite3.connect(path)) as connection:
        connection.executemany("insert into things values (?, ?)", ((index, "x" * 2000) for index in range(20_000)))
        connection.commit()

    def cut(event: Mapping[str, object]) -> None:
        if event["event"] == "progress":
            with path.open("r+b") as file:
                file.truncate(100_000)

    world.on_event = cut
    with pytest.raises(LakehouseError, match="LH2022"):
        world.land(database_source())
    assert world.folders() == []


@pytest.mark.parametrize("content", [None, b"no database" * 100])
def test_a_missing_or_damaged_database_is_a_clear_error(world: World, content: bytes | None) -> None:
    path = world.root / "gone.db"
    if content is not None:
        path.write_bytes(content)
    world.connections["operations"] = f"sqlite:///{path}"
    with pytest.raises(LakehouseError, match=r"LH2022.*operations"):
        world.land(database_source())
    assert path.exists() == (content is not None), "A database is never made."


def test_a_locked_database_is_a_clear_error(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_driver, "_LOCK_SECONDS", 0.05)
    path = execute(world, "create table things (id integer)")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(LakehouseError, match=r"LH2022.*locked"):
            world.land(database_source())


def test_an_unknown_relation_lists_those_that_are_there(world: World) -> None:
    things(world)
    with pytest.raises(LakehouseError, match=r"LH2021.*no table or view thing\..*Name one of: things"):
        world.land(database_source(relation="thing"))


def test_an_unknown_watermark_lists_the_columns(world: World) -> None:
    things(world)
    with pytest.raises(LakehouseError, match=r"LH2021.*Name one of: id, updated_at"):
        world.land(database_source(watermark="changed_at"))


def test_a_watermark_that_is_no_time_cannot_have_a_lag(world: World) -> None:
    execute(world, "create table things (id text)", "insert into things values ('b')")
    with pytest.raises(LakehouseError, match="LH2023"):
        world.land(database_source(watermark="id", lag=60))
    assert world.land(database_source(watermark="id"))[0].rows == 1


def test_an_unknown_kind_of_database(world: World) -> None:
    world.connections["operations"] = "oracle://host/db"
    with pytest.raises(LakehouseError, match=r"LH2020.*oracle.*sqlite"):
        world.land(database_source())


def test_names_are_never_taken_for_sql(world: World) -> None:
    execute(world, 'create table "od""d; name" ("se lect" integer)', 'insert into "od""d; name" values (1)')
    (manifest,) = world.land(database_source(relation='od"d; name', watermark="se lect"))
    assert world.payload(manifest) == [(1,)]
