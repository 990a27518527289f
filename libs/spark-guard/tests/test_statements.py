"""User by statement: what is allowed works, all else is refused and leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyspark.sql.connect.session import SparkSession
from query_server import SECRETS
from statements import ALLOWED, ESCAPES, SETTINGS, UNSEEN, WRITES
from thrift_client import RefusedError, Session

SCHEMAS = ("bronze", "silver", "quarantine", "staging", "gold", "ops")
MAY = {
    "bi": "Allowed: queries on gold, ops with built-in functions, and of their tables SHOW, DESCRIBE, EXPLAIN and USE.",
    "dqops": "Allowed: queries on gold, ops, silver, staging with built-in functions",
}


def refused(session: Session, statement: str, user: str = "bi", background: bool = True) -> None:
    with pytest.raises(RefusedError) as refusal:
        session.execute(statement, background)
    assert f"LH4001 User {user} may not " in str(refusal.value)
    assert MAY[user] in str(refusal.value)
    assert refusal.value.state == "42501"


@pytest.fixture(scope="module", autouse=True)
def untouched(connect: SparkSession) -> Iterator[None]:
    """Whatever was tried, nothing changed and nothing ran."""
    before = state(connect)
    yield
    assert state(connect) == before


def state(connect: SparkSession) -> list[object]:
    looks = [
        "show schemas",
        "show user functions",
        "select java_method('java.lang.System', 'getProperty', 'lakehouse.attack')",
        *(f"show tables in {schema}" for schema in (*SCHEMAS, "global_temp")),
        *(f"describe history {schema}.t" for schema in SCHEMAS),
    ]
    return [connect.sql(look).collect() for look in looks]


@pytest.mark.parametrize("statement", ALLOWED)
def test_reading_is_allowed(bi: Session, statement: str) -> None:
    bi.execute(statement)


@pytest.mark.parametrize("statement", [*WRITES, *SETTINGS, *ESCAPES])
def test_all_else_is_refused(bi: Session, statement: str) -> None:
    refused(bi, statement)


@pytest.mark.parametrize("statement", UNSEEN)
def test_what_a_user_may_not_see_is_refused_wherever_it_stands(bi: Session, dqops: Session, statement: str) -> None:
    refused(bi, statement.replace("{}", "bronze"))
    refused(dqops, statement.replace("{}", "quarantine"), "dqops")


@pytest.mark.parametrize(("user", "seen"), [("bi", {"gold", "ops"}), ("dqops", {"silver", "staging", "gold", "ops"})], ids=["bi", "dqops"])
def test_each_user_sees_their_schemas_alone(bi: Session, dqops: Session, user: str, seen: set[str]) -> None:
    session = {"bi": bi, "dqops": dqops}[user]
    for schema in SCHEMAS:
        if schema in seen:
            assert session.execute(f"select name from {schema}.t") == [(schema,)]
        else:
            refused(session, f"select name from {schema}.t", user)
    assert {name for (name,) in session.execute("show schemas")} == seen
    assert session.execute("show databases like 'g*'") == [("gold",)]
    assert session.execute("show databases like 'b*'") == []


def test_a_view_shows_no_more_than_its_tables(bi: Session) -> None:
    assert bi.execute("select name from gold.of_gold") == [("gold",)]
    for statement in ("select name from gold.of_bronze", "explain select name from gold.of_bronze"):
        refused(bi, statement)
        refused(bi, f"with hidden as ({statement.removeprefix('explain ')}) select * from hidden")


@pytest.mark.parametrize("name", ["global_temp.shared", "system.session.shared", "session.shared"])
def test_temporary_views_of_others_are_refused(bi: Session, name: str) -> None:
    refused(bi, f"select * from {name}")


@pytest.mark.parametrize("background", [True, False], ids=["asynchronous", "synchronous"])
def test_both_ways_of_running_are_judged(bi: Session, background: bool) -> None:
    assert bi.execute("select name from gold.t", background) == [("gold",)]
    refused(bi, "select name from bronze.t", background=background)
    refused(bi, "insert into gold.t values (2, 'x')", background=background)


@pytest.mark.parametrize("variable", ["env:LAKEHOUSE_CANARY", "spark.hadoop.lakehouse.canary", "sparkconf:spark.hadoop.lakehouse.canary"])
def test_variables_are_not_replaced(bi: Session, variable: str) -> None:
    """Spark would put environment and settings into a statement before it parses it."""
    text = f"${{{variable}}}"
    assert bi.execute(f"select '{text}'") == [(text,)]
    with pytest.raises(RefusedError) as refusal:
        bi.execute(f"use `{text}`")
    assert not any(secret in str(refusal.value) for secret in SECRETS.values())


def test_an_option_of_one_statement_changes_nothing(bi: Session) -> None:
    overlay = {"spark.sql.variable.substitute": "true", "set:hiveconf:spark.sql.variable.substitute": "true"}
    assert bi.execute("select '${env:LAKEHOUSE_CANARY}'", overlay=overlay) == [("${env:LAKEHOUSE_CANARY}",)]


def test_a_document_of_xml_reaches_no_file(bi: Session) -> None:
    document = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    assert bi.execute(f"select xpath_string('{document}', 'a')") == [("",)]
