"""Connect is not limited, in the same JVM and on tables that limited sessions have read before."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.sql import SparkSession as EmbeddedSession
from pyspark.sql.connect.session import SparkSession
from query_server import GUARD, QueryServer, class_path
from thrift_client import session


def test_connect_goes_on_where_a_closed_thrift_session_read(server: QueryServer, connect: SparkSession) -> None:
    """Delta remembers a table's state together with the session that read it first."""
    connect.sql("create table gold.w (id int, name string) using delta tblproperties ('delta.checkpointInterval' = '2')")
    for number in range(3):
        connect.sql(f"insert into gold.w values ({number}, 'a')")
        with session(server) as opened:
            assert opened.execute("select count(*) from gold.w") == [(number + 1,)]
            assert opened.execute(f"select max(id) from gold.w version as of {number + 1} where id >= 0") == [(number,)]
    for statement in (
        "merge into gold.w t using (select 1 as id, 'b' as name) s on t.id = s.id when matched then update set *",
        "update gold.w set name = 'c' where id = 2",
        "delete from gold.w where id = 3",
        "optimize gold.w",
        "restore table gold.w to version as of 2",
        "create table staging.w shallow clone gold.w",
        "drop table gold.w",
    ):
        connect.sql(statement).collect()
    assert connect.table("staging.w").count() == 2


def test_connect_runs_what_thrift_may_not(server: QueryServer, connect: SparkSession) -> None:
    for statement in (
        "select * from text.`/etc/hostname`",
        "select java_method('java.lang.Math', 'abs', -1)",
        "set spark.sql.ansi.enabled = true",
        "create or replace temporary view mine as select 1",
        "select * from mine",
        "execute immediate 'select 1'",
        "begin select 1; end",
        "cache table bronze.t",
        "select * from bronze.t",
        "uncache table bronze.t",
        "describe history quarantine.t",
    ):
        connect.sql(statement).collect()
    assert connect.table("bronze.t").persist().count() == 1
    assert connect.createDataFrame([(1,)], ["id"]).schema.names == ["id"]
    stream = connect.readStream.table("bronze.t").writeStream.option("checkpointLocation", str(server.folder / "checkpoint"))
    stream.trigger(availableNow=True).toTable("silver.streamed").awaitTermination()
    assert connect.table("silver.streamed").count() == 1
    connect.sql("drop table silver.streamed")


def test_a_clone_of_a_connect_session_is_one(connect: SparkSession) -> None:
    assert connect.cloneSession().table("bronze.t").count() == 1


def test_a_session_that_nobody_opened_may_nothing(classes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So does Spark's own Thrift Server, where it is started in place of ours."""
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    builder = EmbeddedSession.builder.master("local[1]").config("spark.sql.extensions", f"{GUARD}.GuardExtensions")
    builder = builder.config("spark.driver.extraClassPath", class_path(classes)).config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.warehouse.dir", str(tmp_path)).config("spark.driver.host", "127.0.0.1").getOrCreate()
    try:
        for statement in ("create schema x", "select * from x.t", "show tables", "set"):
            with pytest.raises(Exception, match=r"LH4001 User nobody may not .*Allowed: nothing"):
                spark.sql(statement)
    finally:
        spark.stop()
