from __future__ import annotations

import json
import math
import threading
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any

import psutil
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from landing_world import database_source, reason
from postgresql import postgresql_server
from psycopg import sql

from lakehouse_pipeline.landing import RangeOrigin
from lakehouse_pipeline.landing.postgresql_driver import PostgresqlDriver
from lakehouse_pipeline.problem import LakehouseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from landing_world import World
    from postgresql import PostgresqlServer

    from lakehouse_pipeline.landing import Manifest

PASSWORD = "o:f/the@sour%ces?#"
HOURLY = database_source(watermark="updated_at", lag=3600)


@dataclass
class Database:
    """A database of its own for a test, behind the connection `operations`."""

    server: PostgresqlServer
    url: str
    world: World
    names: Iterator[int] = field(default_factory=count)

    def execute(self, *statements: str) -> None:
        with psycopg.connect(self.url) as connection:
            for statement in statements:
                connection.execute(statement)

    def things(self, *rows: str, type_: str = "timestamptz") -> None:
        """Adds rows of `id, updated_at` to the table things."""
        self.execute(
            f"create table if not exists things (id integer, updated_at {type_})", *(f"insert into things values {row}" for row in rows)
        )

    def land_values(self, type_: str, values: Sequence[object]) -> tuple[str, list[Any]]:
        """Lands a table of one column; its type and its rows."""
        name = f"values_{next(self.names)}"
        with psycopg.connect(self.url) as connection:
            connection.execute(f"create table {name} (place serial, v {type_})")
            for value in values:
                connection.execute(sql.SQL("insert into {} (v) values ({})").format(sql.Identifier(name), value))
        (manifest,) = self.world.land(database_source(relation=name).model_copy(update={"name": name}))
        (_, landed) = manifest.columns
        return landed.type, sorted(self.world.rows(manifest), key=lambda row: row["place"] or 0)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlServer]:
    with postgresql_server(tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture
def database(server: PostgresqlServer, world: World) -> Database:
    """The empty database of the connection `operations`."""
    database = Database(server, server.url("sources", "sources", PASSWORD), world)
    database.execute("drop owned by sources cascade")
    world.connections["operations"] = database.url
    return database


def span(manifest: Manifest) -> tuple[object, object]:
    assert isinstance(manifest.origin, RangeOrigin)
    return manifest.origin.from_, manifest.origin.to


def ids(world: World, manifest: Manifest) -> list[object]:
    return [row["id"] for row in world.rows(manifest)]


MOMENT = datetime(2013, 1, 2, 2, 4, 5, 500_000, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("type_", "written", "landed_type", "landed"),
    [
        ("boolean", "true", "boolean", True),
        ("smallint", "-32768", "smallint", -32768),
        ("integer", "2147483647", "int", 2147483647),
        ("bigint", "-9223372036854775808", "bigint", -(2**63)),
        ("real", "'0.1'", "float", pytest.approx(0.1)),
        ("double precision", "'-Infinity'", "double", -math.inf),
        ("numeric(5, 2)", "1.5", "decimal(5,2)", Decimal("1.50")),
        ("numeric(38, 38)", "0.1", "decimal(38,38)", Decimal("0.1")),
        ("numeric(3, -2)", "12345", "decimal(5,0)", Decimal(12300)),
        ("numeric(2, 4)", "0.0012", "decimal(4,4)", Decimal("0.0012")),
        ("numeric(39, 0)", "1", "string", "1"),
        (
            "numeric",
            "1234567890123456789012345678901234567890.12345678901",
            "string",
            "1234567890123456789012345678901234567890.12345678901",
        ),
        ("numeric", "'NaN'", "string", "NaN"),
        ("money", "'1234.5'", "string", "$1,234.50"),
        ("text", "e'a\\nb\\t\"é😀'", "string", 'a\nb\t"é😀'),
        ("varchar(10)", "'x'", "string", "x"),
        ("char(3)", "'x'", "string", "x  "),
        ("bytea", "'\\x00ff'", "binary", b"\x00\xff"),
        ("uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "string", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        ("json", """'{"b": 1.10,  "a": [null]}'""", "string", '{"b": 1.10,  "a": [null]}'),
        ("jsonb", """'{"b": 1.10,  "a": [null]}'""", "string", '{"a": [null], "b": 1.10}'),
        ("date", "'0001-01-01'", "date", date(1, 1, 1)),
        ("timestamp", "'2013-01-02 03:04:05.5'", "timestamp_ntz", datetime(2013, 1, 2, 3, 4, 5, 500_000)),
        ("timestamptz", "'2013-01-02 03:04:05.5+01'", "timestamp", MOMENT),
        ("time", "'03:04:05.000001'", "string", "03:04:05.000001"),
        ("timetz", "'03:04:05+01'", "string", "03:04:05+01"),
        ("interval", "'1 year 2 days 3.5 seconds'", "string", "P1Y2DT3.5S"),
        ("inet", "'10.0.0.1/8'", "string", "10.0.0.1/8"),
        ("int4range", "'[1,5)'", "string", "[1,5)"),
        ("point", "'(1,2)'", "string", "(1,2)"),
        ("bit(3)", "b'101'", "string", "101"),
        ("xml", "'<a/>'", "string", "<a/>"),
        ("oid", "4294967295", "bigint", 4294967295),
        ("integer[]", "'{{1,NULL},{3,4}}'", "string", "[[1,null],[3,4]]"),
        ("text[]", """array['a"b', null, 'NULL']""", "string", '["a\\"b",null,"NULL"]'),
        ("numeric[]", "'{1.10,NaN}'", "string", '[1.10,"NaN"]'),
        ("timestamptz[]", "array['2013-01-02 03:04:05+01'::timestamptz]", "string", '["2013-01-02T02:04:05+00:00"]'),
    ],
)
def test_types(database: Database, type_: str, written: str, landed_type: str, landed: object) -> None:
    found, (value, null) = database.land_values(type_, [sql.SQL(written), None])
    assert (found, value["v"], value["_rescued"]) == (landed_type, landed, None)
    assert (null["v"], null["_rescued"]) == (None, None)


def test_domains_enums_and_composites(database: Database) -> None:
    database.execute(
        "create domain price as numeric(6, 2)",
        "create domain high_price as price check (value > 1)",
        "create type colour as enum ('red', 'dark blue')",
        "create type pair as (a integer, b text)",
        "create table things (p high_price, c colour, x pair, many high_price[], gone integer)",
        "alter table things drop column gone",
        "insert into things values (2.5, 'dark blue', (1, 'a b'), '{2,3}')",
    )
    (manifest,) = database.world.land(database_source())
    assert [column.type for column in manifest.columns] == ["decimal(6,2)", "string", "string", "string"]
    assert database.world.payload(manifest) == [(Decimal("2.50"), "dark blue", '(1,"a b")', "[2.00,3.00]")]


@pytest.mark.parametrize(
    ("type_", "written", "why"),
    [
        ("numeric(5, 2)", "'NaN'", "is no decimal number"),
        ("date", "'infinity'", "years 1 to 9999"),
        ("date", "'10000-01-01'", "years 1 to 9999"),
        ("date", "'0044-03-15 BC'", "years 1 to 9999"),
        ("timestamp", "'-infinity'", "years 1 to 9999"),
        ("timestamptz", "'infinity'", "years 1 to 9999"),
        ("timestamptz", "'294276-12-31 23:59:59+00'", "years 1 to 9999"),
        ("timestamptz", "'0044-03-15 12:00:00+00 BC'", "years 1 to 9999"),
    ],
)
def test_a_value_that_its_type_cannot_hold_is_kept_as_text(database: Database, type_: str, written: str, why: str) -> None:
    _, rows = database.land_values(type_, [sql.SQL(written), None])
    (bad,) = [row for row in rows if reason(row)]
    assert "column v" in str(reason(bad))
    assert why in str(reason(bad))
    assert json.loads(bad["_rescued"]["text"])["v"] in written


def _same(value: object) -> object:
    return value


def _in_utc(value: datetime) -> datetime:
    return value.replace(tzinfo=timezone.utc)


VALUES: dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], object]]] = {
    "boolean": (st.booleans(), _same),
    "bigint": (st.integers(-(2**63), 2**63 - 1), _same),
    "numeric(20, 6)": (st.decimals(-(10**13), 10**13, places=6), _same),
    "numeric": (st.decimals(-(10**50), 10**50, places=30), lambda value: f"{value:f}"),
    "real": (st.floats(width=32, allow_nan=False), _same),
    "double precision": (st.floats(allow_nan=False), _same),
    "text": (st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), _same),
    "bytea": (st.binary(), _same),
    "uuid": (st.uuids(), str),
    "date": (st.dates(), _same),
    "timestamp": (st.datetimes(), _same),
    "timestamptz": (st.datetimes().map(_in_utc), _same),
}


@pytest.mark.parametrize("type_", VALUES)
def test_values_come_back_as_they_were_written(database: Database, type_: str) -> None:
    strategy, landed = VALUES[type_]

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(values=st.lists(strategy, min_size=1, max_size=40))
    def check(values: list[Any]) -> None:
        _, rows = database.land_values(type_, values)
        assert [row["v"] for row in rows] == [landed(value) for value in values]

    check()


def test_text_of_an_unknown_encoding_makes_its_row_malformed(server: PostgresqlServer, world: World) -> None:
    world.connections["operations"] = database_of_encoding(server, "SQL_ASCII")
    with psycopg.connect(world.connections["operations"], client_encoding="UTF8") as connection:
        connection.execute("create table things (id integer, größe text)")
        connection.execute("insert into things values (1, 'é'), (2, convert_from('\\xff', 'SQL_ASCII'))")
    (manifest,) = world.land(database_source(watermark="id"))
    good, bad = world.rows(manifest)
    assert reason(bad) == "column größe holds text that is not UTF-8"
    assert (good["id"], good["größe"]) == (1, "é")


def test_text_of_another_encoding_is_converted(server: PostgresqlServer, world: World) -> None:
    world.connections["operations"] = database_of_encoding(server, "LATIN1")
    with psycopg.connect(world.connections["operations"]) as connection:
        connection.execute("create table things as select 'é'::text as v")
    assert world.payload(world.land(database_source())[0]) == [("é",)]


def database_of_encoding(server: PostgresqlServer, encoding: str) -> str:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(f"create database {encoding} encoding '{encoding}' template template0")
    return server.url(encoding.lower())


@pytest.mark.parametrize(
    ("type_", "written"),
    [
        ("timestamptz", "2013-01-01T{}:00Z"),
        ("timestamp", "2013-01-01T{}:00"),
    ],
)
def test_the_watermark_moves_and_the_lag_is_read_again(database: Database, type_: str, written: str) -> None:
    world = database.world
    database.things("(1, '2013-01-01 00:00:00')", "(2, '2013-01-01 10:00:00')", type_=type_)
    (first,) = world.land(HOURLY)
    assert (span(first), ids(world, first)) == ((None, written.format("10:00")), [1, 2])
    assert world.land(HOURLY) == []
    database.things("(3, '2013-01-01 09:30:00')", "(4, '2013-01-01 08:00:00')", "(5, '2013-01-01 11:00:00')")
    (second,) = world.land(HOURLY)
    assert (span(second), ids(world, second)) == ((written.format("09:00"), written.format("11:00")), [3, 2, 5])
    assert world.land(HOURLY) == []
    assert world.folders() == ["things-000001", "things-000002"]


def test_a_fraction_of_a_second_is_not_read_twice(database: Database) -> None:
    database.things("(1, '2013-01-01 10:00:00.123456')")
    source = database_source(watermark="updated_at")
    assert span(database.world.land(source)[0])[1] == "2013-01-01T10:00:00.123456Z"
    database.things("(2, '2013-01-01 10:00:00.123457')")
    assert ids(database.world, database.world.land(source)[0]) == [2]


def test_days_serve_as_watermark(database: Database) -> None:
    source = database_source(watermark="updated_at", lag=86_400)
    database.things("(1, '2013-01-01')", "(2, '2013-01-03')", type_="date")
    assert span(database.world.land(source)[0]) == (None, "2013-01-03")
    database.things("(3, '2013-01-03')", "(4, '2013-01-02')")
    (second,) = database.world.land(source)
    assert (span(second), sorted(map(str, ids(database.world, second)))) == (("2013-01-02", "2013-01-03"), ["2", "3"])


@pytest.mark.parametrize("type_", ["smallint", "integer", "bigint", "double precision"])
def test_numbers_serve_as_watermark(database: Database, type_: str) -> None:
    source = database_source(watermark="updated_at", lag=100_000)
    database.things("(1, 1)", "(2, 2)", type_=type_)
    assert span(database.world.land(source)[0]) == (None, 2)
    assert database.world.land(source) == []
    database.things("(3, 3)")
    (second,) = database.world.land(source)
    assert (span(second), ids(database.world, second)) == ((-99_998, 3), [1, 2, 3])


@pytest.mark.parametrize("type_", ["text", "uuid", "numeric"])
def test_other_types_serve_as_watermark_without_lag(database: Database, type_: str) -> None:
    values = {"text": "abc", "uuid": [f"{index}0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11" for index in range(3)], "numeric": ["1.1", "1.2", "10"]}
    source = database_source(watermark="updated_at")
    database.things(*(f"({index}, '{values[type_][index]}')" for index in range(2)), type_=type_)
    assert span(database.world.land(source)[0]) == (None, values[type_][1])
    database.things(f"(2, '{values[type_][2]}')")
    assert ids(database.world, database.world.land(source)[0]) == [2]
    with pytest.raises(LakehouseError, match="LH2023"):
        database.world.land(database_source(watermark="updated_at", lag=60))


def test_rows_with_no_or_an_endless_watermark_are_never_lost(database: Database) -> None:
    database.things("(1, null)", "(2, 'infinity')", "(3, '-infinity')", "(4, '2013-01-01 10:00:00')")
    (first,) = database.world.land(HOURLY)
    assert (span(first)[1], first.rows, first.malformed) == ("2013-01-01T10:00:00Z", 4, 2)
    assert database.world.land(HOURLY) == []
    for watermark in ("null", "'infinity'", "'-infinity'"):
        database.things(f"(5, {watermark})")
        assert len(database.world.land(HOURLY)) == 1
        assert database.world.land(HOURLY) == []


def test_only_endless_watermarks_are_read_every_time(database: Database) -> None:
    database.things("(1, 'infinity')", "(2, null)")
    (first,) = database.world.land(HOURLY)
    assert (span(first), first.rows) == ((None, None), 2)
    assert database.world.land(HOURLY) == []
    database.things("(3, '2013-01-01')")
    assert database.world.land(HOURLY)[0].rows == 3


def test_not_a_number_is_no_watermark(database: Database) -> None:
    source = database_source(watermark="updated_at", lag=1)
    database.things("(1, 'NaN')", "(2, 1.5)", "(3, 'Infinity')", "(4, '-Infinity')", type_="double precision")
    assert span(database.world.land(source)[0]) == (None, 1.5)
    assert database.world.land(source) == []


def test_a_relation_without_watermark_is_landed_when_it_changed(database: Database) -> None:
    world, source = database.world, database_source()
    database.things("(1, null)", "(2, null)")
    assert world.land(source)[0].rows == 2
    assert world.land(source) == []
    database.execute("delete from things where id = 1", "insert into things values (1, null)")
    assert world.land(source) == [], "The same rows in another order are the same content."
    database.things("(2, null)")
    assert sorted(map(str, ids(world, world.land(source)[0]))) == ["1", "2", "2"]


def test_an_empty_relation_lands_its_columns_once(database: Database) -> None:
    database.things()
    (manifest,) = database.world.land(HOURLY)
    assert (manifest.rows, [column.type for column in manifest.columns]) == (0, ["int", "timestamp"])
    assert database.world.land(HOURLY) == []


@pytest.mark.parametrize("watermark", [None, "updated_at"])
def test_one_extraction_sees_one_state(database: Database, watermark: str | None) -> None:
    """Rows that are added, changed and removed while it reads are left for the next one, and so is their watermark."""
    world, source = database.world, database_source(watermark=watermark)
    database.things()
    database.execute("insert into things select i, timestamptz '2013-01-01' + i * interval '1 second' from generate_series(1, 3000) i")
    changed = threading.Event()

    def change(event: Mapping[str, object]) -> None:
        if event["event"] == "progress" and not changed.is_set():
            changed.set()
            database.execute(
                "delete from things where id = 3000",
                "update things set id = -id where id = 2000",
                "insert into things values (3001, '2014-01-01'), (3002, '2013-01-01 00:00:01')",
            )

    world.on_event = change
    (first,) = world.land(source)
    assert changed.is_set()
    assert sorted(row["id"] for row in world.rows(first)) == list(range(1, 3001))
    assert span(first)[1] == ("2013-01-01T00:50:00Z" if watermark else None)


def test_what_a_role_prefers_does_not_change_what_is_landed(database: Database) -> None:
    database.execute(
        "alter role sources set timezone to 'America/New_York'",
        "alter role sources set datestyle to 'German'",
        "alter role sources set bytea_output to 'escape'",
        "alter role sources set intervalstyle to 'postgres_verbose'",
        "alter role sources set extra_float_digits to 0",
    )
    try:
        database.execute(
            "create table things (t timestamptz, b bytea, i interval, d double precision)",
            "insert into things values ('2013-01-02T02:04:05.5Z', '\\x00ff', '1 day', 0.1::double precision + 0.2)",
        )
        (manifest,) = database.world.land(database_source())
        assert database.world.payload(manifest) == [(MOMENT, b"\x00\xff", "P1D", 0.1 + 0.2)]
    finally:
        database.execute("alter role sources reset all")


def test_names_are_taken_as_they_are_written(database: Database) -> None:
    database.execute(
        'create schema "Other, place"',
        'create table "Other, place"."T.1" ("100% {} ""id""" integer, "se lect" timestamptz)',
        """insert into "Other, place"."T.1" values (1, '2013-01-01')""",
        'create table "od""d; name" (id integer)',
        'create table "Mixed" (id integer)',
        "create materialized view plain as select 1 as id",
    )
    world = database.world
    (manifest,) = world.land(database_source(relation='Other, place."T.1"', watermark="se lect", lag=60))
    assert [column.name for column in manifest.columns] == ['100% {} "id"', "se lect"]
    assert world.land(database_source(relation='Other, place."T.1"', watermark="se lect", lag=60)) == []
    for number, relation in enumerate(('od"d; name', '"od""d; name"', "Mixed", "public.Mixed", "plain")):
        assert len(world.land(database_source(relation=relation).model_copy(update={"name": f"other{number}"}))) == 1
    with pytest.raises(LakehouseError, match=r"LH2021.*no table or view mixed\.") as raised:
        world.land(database_source(relation="mixed"))
    assert raised.value.fix == 'Name one of: Mixed, "od""d; name", plain, Other, place."T.1".'
    with pytest.raises(LakehouseError, match=r"LH2021.*no column changed_at.*Name one of: id"):
        world.land(database_source(relation="Mixed", watermark="changed_at"))


def test_views_and_partitions_are_read_like_tables(database: Database) -> None:
    database.execute(
        "create table things (id integer, updated_at timestamptz) partition by range (updated_at)",
        "create table things_2013 partition of things for values from ('2013-01-01') to ('2014-01-01')",
        "insert into things values (1, '2013-02-01')",
        "create view latest as select * from things",
    )
    assert database.world.land(HOURLY)[0].rows == 1
    assert (
        database.world.land(database_source(relation="latest", watermark="updated_at").model_copy(update={"name": "latest"}))[0].rows == 1
    )


def test_memory_is_the_same_however_large_the_table_is(database: Database) -> None:
    row = "i as id, repeat('x', 300) || i as text, timestamptz '2013-01-01' + i * interval '1 second' as updated_at"
    database.execute(f"create view things as select {row} from generate_series(1, 400000) i")
    process = psutil.Process()
    seen: list[int] = []

    def measure(event: Mapping[str, object]) -> None:
        if event["event"] == "progress":
            seen.append(process.memory_info().rss)

    database.world.on_event = measure
    (manifest,) = database.world.land(database_source(watermark="updated_at"))
    assert manifest.rows == 400_000
    assert max(seen) - seen[0] < 96 * 1024 * 1024, "The rows alone are more."
    assert max(seen[len(seen) // 2 :]) - max(seen[: len(seen) // 2]) < 16 * 1024 * 1024


def test_large_values_are_read_in_small_portions(database: Database) -> None:
    database.execute("create view things as select i as id, repeat('x', 1000000) as v from generate_series(1, 100) i")
    with PostgresqlDriver().open(database.url, database.world.root) as reader:
        portions = [len(portion) for portion in reader.rows("things", ["id", "v"], None)]
    assert (sum(portions), max(portions)) == (100, 16)


@pytest.mark.parametrize("how", ["kill", "stop"])
def test_a_server_that_goes_away_in_mid_read_lands_nothing(world: World, how: str) -> None:
    with postgresql_server(world.root) as server:
        database = Database(server, server.url("sources", "sources", PASSWORD), world)
        world.connections["operations"] = database.url
        database.things("(0, '2013-01-01')")
        source = database_source(watermark="updated_at")
        world.land(source)
        database.execute("insert into things select i, timestamptz '2013-01-01' + i * interval '1 second' from generate_series(1, 30000) i")

        def cut(event: Mapping[str, object]) -> None:
            if event["event"] == "progress":
                getattr(server, how)()

        world.on_event = cut
        with pytest.raises(LakehouseError, match=rf"LH2022 things: .*operations failed: 127\.0\.0\.1:{server.port}/sources: ") as raised:
            world.land(source)
        assert world.folders() == ["things-000001"]
        world.on_event = None
        with pytest.raises(LakehouseError, match="LH2022") as refused:
            world.land(source)
        assert all("the@sour" not in text and "the%40sour" not in text for text in (str(raised.value), str(refused.value)))
        server.start()
        (second,) = world.land(source)
        assert (span(second), second.rows) == (("2013-01-01T00:00:00Z", "2013-01-01T08:20:00Z"), 30_000)


def test_wrong_passwords_and_missing_databases_are_told_with_their_place(database: Database) -> None:
    world, place = database.world, f"127.0.0.1:{database.server.port}"
    for url, why in (
        (database.url.replace("the%40", "a%40"), "password authentication failed"),
        (f"{database.url}x", "does not exist"),
        (database.url.replace(place, "127.0.0.1:1"), "refused"),
        (f"{database.url}?sslmode=require", "SSL"),
        (f"{database.url}?nonsense=1", "nonsense"),
    ):
        world.connections["operations"] = url
        with pytest.raises(LakehouseError, match=rf"LH2022.*127\.0\.0\.1:\d+/sources.*{why}") as raised:
            world.land(database_source())
        assert "the@" not in str(raised.value)


def test_a_role_that_may_not_read_is_told(database: Database) -> None:
    database.things("(1, null)")
    database.world.connections["operations"] = database.server.url("sources", "stranger", "x")
    with pytest.raises(LakehouseError, match=r"LH2022.*permission denied for table things"):
        database.world.land(database_source())


def test_a_locked_table_is_a_clear_error(database: Database) -> None:
    database.things("(1, null)")
    database.world.connections["operations"] += "?options=-c%20lock_timeout%3D50ms"
    with closing(psycopg.connect(database.url)) as other:
        other.execute("lock table things in access exclusive mode")
        with pytest.raises(LakehouseError, match=r"LH2022.*lock timeout"):
            database.world.land(database_source())


def test_a_statement_that_takes_too_long_is_ended(database: Database) -> None:
    database.execute("create view things as select pg_sleep(20)::text as v")
    database.world.connections["operations"] += "?options=-c%20statement_timeout%3D100ms"
    with pytest.raises(LakehouseError, match=r"LH2022.*statement timeout"):
        database.world.land(database_source())


def test_nothing_can_be_written_while_it_reads(database: Database) -> None:
    database.execute(
        "create table seen (id integer)",
        "create function look() returns integer language sql as 'insert into seen values (1) returning id'",
        "create view things as select look() as id",
    )
    with pytest.raises(LakehouseError, match=r"LH2022.*read-only"):
        database.world.land(database_source())


def test_the_password_may_stand_in_a_file(database: Database) -> None:
    world = database.world
    database.things("(1, null)")
    url = database.url.replace(database.url.split("@")[0], "postgresql://sources")
    for name, content in (("plain", PASSWORD), ("with a line end", f"{PASSWORD}\n")):
        (world.root / name).write_text(content)
        world.connections["operations"] = f"{url}?passwordFile={name.replace(' ', '%20')}&application_name=lander"
        world.land(database_source().model_copy(update={"name": f"things of {name}"}))
    world.connections["operations"] = f"{url}?passwordFile=/nowhere/password"
    with pytest.raises(LakehouseError, match=r"LH2024 things: .*operations.*/nowhere/password cannot be read: No such file"):
        world.land(database_source())


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://sources:mys@tery@host/db",
        "postgresql://sources:mys/tery@host/db",
        "postgresql://sources:1/tery@host/db",
        "postgresql://sources:mys?tery@host/db",
        "postgresql://sources:mys?cr=et@host/db",
        "postgresql://sources:mys#tery@host/db",
        "postgresql://sources:mys[tery@host/db",
        "postgresql://sources:mystery@host:port/db",
        "postgresql://sources:mystery@host",
        "postgresql://sources:mystery@/db",
        "postgresql://sources:mystery@host/db/other",
        "postgresql://sources:mystery@host/db?passwordFile=mystery",
        "postgresql://sources:mystery@host/db?sslmode",
    ],
)
def test_a_url_that_cannot_be_used_is_told_without_its_password(world: World, url: str) -> None:
    world.connections["operations"] = url
    with pytest.raises(LakehouseError, match=r"LH2024.*operations.*Write it as postgresql://") as raised:
        world.land(database_source())
    assert "tery" not in str(raised.value)
