"""The dialect on a guarded query server."""

from __future__ import annotations

import threading
import time
from datetime import date, datetime
from decimal import Decimal

import pytest
from conftest import TABLES
from sqlalchemy import Column, Date, MetaData, String, Table, create_engine, exc, func, inspect, literal, select, text
from sqlalchemy.engine import Engine

from lakehouse_superset.time_grains import TIME_GRAINS

TYPES = {
    "tiny": "TINYINT",
    "small": "SMALLINT",
    "number": "INT",
    "big": "BIGINT",
    "single": "FLOAT",
    "double": "DOUBLE",
    "price": "DECIMAL(3, 2)",
    "flag": "BOOLEAN",
    "text": "STRING",
    "day": "DATE",
    "moment": "TIMESTAMP",
    "list": "ARRAY<INT>",
    "pair": "STRUCT<A:INT>",
}


def test_a_user_browses_the_schemas_and_tables_that_are_theirs(engine: Engine) -> None:
    inspector = inspect(engine)
    assert set(inspector.get_schema_names()) == {"gold", "ops"}
    assert inspector.default_schema_name == "gold"
    assert set(inspector.get_table_names("gold")) == set(TABLES)
    assert inspector.get_view_names("gold") == ["of_plain"]
    assert inspector.get_table_names("ops") == ["runs"]
    assert inspector.has_table("plain", "gold")
    assert inspector.has_table("of_plain", "gold")
    assert not inspector.has_table("gold", "gold")
    with pytest.raises(exc.OperationalError, match="may not see"):
        inspector.get_table_names("silver")


@pytest.mark.parametrize("name", TABLES)
def test_columns_have_their_types_however_the_table_is_laid_out(engine: Engine, name: str) -> None:
    columns = inspect(engine).get_columns(name, "gold")
    assert {column["name"]: column["type"].compile(dialect=engine.dialect) for column in columns} == TYPES
    assert len(columns) == len(TYPES)


def test_what_else_there_is_to_know(engine: Engine) -> None:
    inspector = inspect(engine)
    assert {column["name"]: column["comment"] for column in inspector.get_columns("plain", "gold")}["day"] == "Local day."
    assert [column["name"] for column in inspector.get_columns("of_plain", "gold")] == ["text"]
    assert inspector.get_indexes("partitioned", "gold") == [{"name": "partition", "column_names": ["day"], "unique": False}]
    assert inspector.get_indexes("plain", "gold") == inspector.get_foreign_keys("plain", "gold") == []
    with pytest.raises(exc.NoSuchTableError):
        inspector.get_columns("absent", "gold")


def test_a_reflected_table_reads_its_values(engine: Engine) -> None:
    table = Table("partitioned", MetaData(), autoload_with=engine, schema="gold")
    with engine.connect() as connection:
        row = connection.execute(select(table)).mappings().one()
    assert dict(row) == {
        "tiny": 1,
        "small": 2,
        "number": 3,
        "big": 4,
        "single": 1.5,
        "double": 2.5,
        "price": Decimal("1.25"),
        "flag": True,
        "text": "it's 100 % \\ so",
        "day": date(2013, 2, 28),
        "moment": datetime(2013, 2, 28, 23, 59, 59, 500000),
        "list": "[1,2]",
        "pair": '{"a":1}',
    }


@pytest.mark.parametrize("value", ["it's 100 % \\ so", "", "'", "\\'; drop", "ü\n\t☃", "${env:HOME}", "%(name)s", ":x"])
def test_a_text_arrives_as_it_was_sent(engine: Engine, value: str) -> None:
    statement = select(literal(value, String))
    with engine.connect() as connection:
        assert connection.scalar(statement) == value
        rendered = str(statement.compile(engine, compile_kwargs={"literal_binds": True})).replace("%%", "%")
        cursor = connection.connection.cursor()
        cursor.execute(rendered)
        assert cursor.fetchall() == [(value,)]


def test_rows_are_limited_counted_and_compared(engine: Engine) -> None:
    numbers = func.range(10).table_valued("id")
    plain = Table("plain", MetaData(), Column("day", Date), Column("text", String), schema="gold")
    with engine.connect() as connection:
        assert connection.execute(select(numbers.c.id).order_by(numbers.c.id).limit(2).offset(3)).scalars().all() == [3, 4]
        assert connection.execute(select(numbers.c.id).order_by(numbers.c.id).offset(8)).scalars().all() == [8, 9]
        assert connection.scalar(select(func.count()).select_from(plain).where(plain.c.day >= date(2013, 2, 28))) == 1
        assert connection.scalar(select(func.count()).select_from(plain).where(plain.c.text == "no")) == 0


GRAINS = {
    None: "2013-02-28 23:59:59.5",
    "PT1S": "2013-02-28 23:59:59",
    "PT1M": "2013-02-28 23:59:00",
    "PT5M": "2013-02-28 23:55:00",
    "PT10M": "2013-02-28 23:50:00",
    "PT15M": "2013-02-28 23:45:00",
    "PT30M": "2013-02-28 23:30:00",
    "PT1H": "2013-02-28 23:00:00",
    "PT6H": "2013-02-28 18:00:00",
    "P1D": "2013-02-28 00:00:00",
    "P1W": "2013-02-25 00:00:00",
    "P1M": "2013-02-01 00:00:00",
    "P3M": "2013-01-01 00:00:00",
    "P1Y": "2013-01-01 00:00:00",
    "1969-12-28T00:00:00Z/P1W": "2013-02-24 00:00:00",
    "P1W/1970-01-03T00:00:00Z": "2013-03-02 00:00:00",
}


def test_points_in_time_and_days_are_cut_to_every_grain(engine: Engine) -> None:
    assert GRAINS.keys() == TIME_GRAINS.keys()
    with engine.connect() as connection:
        for grain, expected in GRAINS.items():
            cut = TIME_GRAINS[grain]
            assert connection.scalar(text(f"select {cut.format(col='moment')} from gold.plain")) == datetime.fromisoformat(expected)
            connection.execute(text(f"select {cut.format(col='day')} from gold.plain")).one()


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("select * from gold.absent", "TABLE_OR_VIEW_NOT_FOUND"),
        ("select * from silver.hidden", "User bi may not see silver"),
        ("delete from gold.plain", "User bi may not run"),
        ("select 1 / 0", "DIVIDE_BY_ZERO"),
        ("selec 1", "PARSE_SYNTAX_ERROR"),
    ],
)
def test_errors_say_what_the_server_said_and_no_more(engine: Engine, statement: str, message: str) -> None:
    with engine.connect() as connection, pytest.raises(exc.OperationalError, match=message) as failure:
        connection.execute(text(statement)).fetchall()
    said = str(failure.value.orig)
    assert "\tat " not in said
    assert "TExecuteStatementResp" not in said
    assert "org.apache" not in said


SLOW = "select count(*) from range(100000) a join range(100000) b on a.id % 7 <> b.id % 11"


def test_a_query_that_takes_too_long_is_cancelled(url: str) -> None:
    engine = create_engine(f"{url}&timeout=10")
    with engine.connect() as connection:
        with pytest.raises(exc.OperationalError, match="took longer than 10 s"):
            connection.execute(text(SLOW))
        assert connection.scalar(text("select 1")) == 1


def test_a_query_is_stopped_when_its_user_says_so(engine: Engine) -> None:
    stopped = threading.Event()
    threading.Timer(1, stopped.set).start()
    begin = time.monotonic()
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        with pytest.raises(Exception, match="The query was stopped"):
            cursor.execute(SLOW, is_stopped=stopped.is_set)
        assert time.monotonic() - begin < 20
        cursor.execute("select 1")
        assert cursor.fetchall() == [(1,)]


def test_a_wrong_password_and_a_server_that_is_away_are_told(url: str) -> None:
    with pytest.raises(Exception, match="Error validating the login"):
        create_engine(url.split("?")[0].replace("bi@", "bi:wrong@")).connect()
    with pytest.raises(Exception, match="Could not connect"):
        create_engine("lakehouse://bi:x@127.0.0.1:1/gold").connect()
