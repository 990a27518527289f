"""The dialect without a server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import column, exc, func, literal, select, table
from sqlalchemy.engine.url import make_url

from lakehouse_superset.dialect import LakehouseDialect
from lakehouse_superset.spark_types import sqlalchemy_type

dialect = LakehouseDialect()


def compiled(statement: Any) -> str:
    return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def test_the_url_says_everything(tmp_path: Path) -> None:
    secret = tmp_path / "thrift-bi"
    secret.write_text("the password\n")
    _, arguments = dialect.create_connect_args(make_url(f"lakehouse://bi@query-server/gold?password_file={secret}"))
    assert arguments == {
        "host": "query-server",
        "port": 10000,
        "username": "bi",
        "password": "the password",
        "database": "gold",
        "seconds": 100.0,
    }


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("lakehouse://query-server/gold", "names no host or no user"),
        ("lakehouse://bi@query-server/gold", r"add \?password_file="),
        ("lakehouse://bi@query-server/gold?password_file=/nowhere/x", "/nowhere/x .* cannot be read"),
        ("lakehouse://bi:secret@query-server/gold?auth=NONE", "unknown setting auth"),
    ],
)
def test_a_url_that_lacks_something_is_refused_without_telling_its_password(url: str, message: str) -> None:
    with pytest.raises(exc.ArgumentError, match=message) as refusal:
        dialect.create_connect_args(make_url(url))
    assert "secret@" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "rendered"),
    [
        ("bigint", "BIGINT"),
        ("int", "INT"),
        ("tinyint", "TINYINT"),
        ("double", "DOUBLE"),
        ("string", "STRING"),
        ("varchar(10)", "STRING"),
        ("decimal(10,2)", "DECIMAL(10, 2)"),
        ("date", "DATE"),
        ("timestamp", "TIMESTAMP"),
        ("timestamp_ntz", "TIMESTAMP_NTZ"),
        ("boolean", "BOOLEAN"),
        ("binary", "BINARY"),
        ("array<struct<a:int>>", "ARRAY<STRUCT<A:INT>>"),
    ],
)
def test_types_keep_the_names_that_spark_gives_them(name: str, rendered: str) -> None:
    assert sqlalchemy_type(name).compile(dialect=dialect) == rendered
    # Superset shows both forms.
    assert str(sqlalchemy_type(name)).upper() in {rendered, {"INT": "INTEGER", "BINARY": "BLOB"}.get(rendered)}


def test_names_are_quoted_and_rows_are_limited() -> None:
    statement = select(column("order"), func.count()).select_from(table("t", schema="gold")).limit(10)
    assert compiled(statement) == "SELECT `order`, count(*) AS `count_1` \nFROM `gold`.`t`\n LIMIT 10"
    assert compiled(select(column("a`b")).offset(3)).endswith("`a``b`\n OFFSET 3")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_a_text_is_what_spark_reads_back(text: str) -> None:
    rendered = compiled(select(literal(text)))
    quoted = rendered.removeprefix("SELECT '").removesuffix("' AS `anon_1`").replace("%%", "%")
    # Within quotes a backslash takes the next sign as it is; no quote stands alone.
    read, signs = "", iter(quoted)
    for sign in signs:
        assert sign != "'"
        read += next(signs) if sign == "\\" else sign
    assert read == text


class FakeConnection:
    """Answers statements as the query server does."""

    def __init__(self, answers: dict[str, list[tuple[object, ...]]]) -> None:
        self.answers = answers

    def execute(self, statement: Any) -> list[tuple[object, ...]]:
        return self.answers[str(statement)]


LISTED: dict[str, list[tuple[object, ...]]] = {
    "show tables in `gold`": [("gold", "flights", False), ("gold", "of_flights", False), ("", "mine", True)],
    "show views in `gold`": [("gold", "of_flights", False), ("", "mine", True)],
}


def test_tables_are_known_by_their_names_and_not_by_their_schema() -> None:
    connection: Any = FakeConnection(LISTED)
    assert dialect.get_table_names(connection, "gold") == ["flights"]
    assert dialect.get_view_names(connection, "gold") == ["of_flights"]
    assert dialect.has_table(connection, "of_flights", "gold")
    assert not dialect.has_table(connection, "gold", "gold")
