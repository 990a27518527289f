"""Who gets in, as whom, and with which settings."""

from __future__ import annotations

import pytest
from pyhive import hive
from pyspark.sql.connect.session import SparkSession
from query_server import PASSWORDS, QueryServer
from thrift_client import RefusedError, session

WRONG = {
    "wrong": ("bi", "x"),
    "empty": ("bi", ""),
    "too short": ("bi", PASSWORDS["bi"][:-1]),
    "too long": ("bi", PASSWORDS["bi"] + "x"),
    "another line": ("bi", PASSWORDS["bi"] + "\n"),
    "another's": ("bi", PASSWORDS["dqops"]),
    "unknown user": ("root", "x"),
    "unknown user, empty": ("root", ""),
    "no user": ("", "x"),
    "no secret file": ("nosecret", "x"),
    "empty secret file": ("empty", ""),
    "empty secret file, a line": ("empty", "\n"),
    "upper case": ("BI", PASSWORDS["bi"]),
    # HiveServer2 takes what precedes these signs for the user.
    "realm": ("bi@x", PASSWORDS["bi"]),
    "host": ("bi/x", PASSWORDS["bi"]),
    "four parts": ("bi\0bi", PASSWORDS["bi"]),
}


@pytest.mark.parametrize(("user", "password"), WRONG.values(), ids=WRONG)
def test_a_wrong_login_is_refused_and_says_nothing_of_the_password(server: QueryServer, user: str, password: str) -> None:
    with pytest.raises(RefusedError) as refusal, session(server, user, password):
        pass
    assert "Error validating the login" in str(refusal.value)
    assert not any(secret in str(refusal.value) for secret in PASSWORDS.values())


@pytest.mark.parametrize("auth", ["NONE", "NOSASL"])
def test_a_client_without_login_is_refused(server: QueryServer, auth: str) -> None:
    with pytest.raises(Exception, match=r"Bad status: 3|read 0 bytes"):
        hive.Connection(host="127.0.0.1", port=server.thrift, username="bi", auth=auth)


def test_nobody_becomes_another_user(server: QueryServer, connect: SparkSession) -> None:
    assert connect is not None
    with session(server, "bi", acting_as="dqops", claimed="dqops") as opened:
        assert opened.execute("select current_user()") == [("bi",)]
        with pytest.raises(RefusedError, match="User bi may not see silver"):
            opened.execute("select * from silver.t")


@pytest.mark.parametrize(
    "name",
    [
        "spark.sql.ansi.enabled",
        "spark.sql.extensions",
        "spark.sql.hive.version",
        "set:hiveconf:spark.sql.variable.substitute",
        "set:hivevar:spark.sql.runSQLOnFiles",
        "set:metaconf:x",
        # It would set a property of the whole JVM: here, who checks passwords.
        "set:system:hive.server2.custom.authentication.class",
        "hive.server2.proxy.user",
        "use:catalog",
    ],
)
def test_settings_of_a_connection_are_refused(server: QueryServer, name: str) -> None:
    with pytest.raises(RefusedError, match="LH4003") as refusal, session(server, configuration={name: "dqops"}):
        pass
    assert refusal.value.state == "42501"


def test_a_connection_may_name_a_schema_that_its_user_sees(server: QueryServer, connect: SparkSession) -> None:
    assert connect is not None
    with session(server, configuration={"use:database": "gold"}) as opened:
        assert opened.execute("select name from t") == [("gold",)]
    for name in ("bronze", "gold`; drop table gold.t", "${env:LAKEHOUSE_CANARY}", "catalog x"):
        with pytest.raises(RefusedError, match="LH4001 User bi may not see schema"), session(server, configuration={"use:database": name}):
            pass


def test_pyhive_reads(server: QueryServer, connect: SparkSession) -> None:
    assert connect is not None
    with hive.Connection(host="127.0.0.1", port=server.thrift, auth="CUSTOM", username="bi", password=PASSWORDS["bi"]) as opened:
        cursor = opened.cursor()
        cursor.execute("select name from gold.t where id = %(id)s", {"id": 1})
        assert cursor.fetchall() == [("gold",)]
