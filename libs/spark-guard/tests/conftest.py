from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql.connect.session import SparkSession
from query_server import QueryServer, compile_guard, javac, running
from thrift_client import Session, session

SCHEMAS = ("bronze", "silver", "quarantine", "staging", "gold", "ops")


@pytest.fixture(scope="session")
def classes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled guard."""
    if javac() is None:
        pytest.skip("the guard cannot be compiled: no javac in JAVA_HOME or PATH")
    folder = tmp_path_factory.mktemp("classes")
    compile_guard(folder)
    return folder


@pytest.fixture(scope="session")
def server(classes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueryServer]:
    """One server for all tests, with a table `t` in each schema, written over Connect."""
    with running(tmp_path_factory.mktemp("server"), classes) as server:
        yield server


@pytest.fixture(scope="session")
def connect(server: QueryServer) -> Iterator[SparkSession]:
    spark = SparkSession.builder.remote(f"sc://127.0.0.1:{server.connect}").getOrCreate()
    for schema in SCHEMAS:
        spark.sql(f"create schema {schema}")
        spark.sql(f"create table {schema}.t using delta as select 1 as id, '{schema}' as name")
    spark.sql("create view gold.of_gold as select name from gold.t")
    spark.sql("create view gold.of_bronze as select name from bronze.t")
    spark.sql("select 1 as id").createOrReplaceGlobalTempView("shared")
    yield spark
    spark.stop()


@pytest.fixture(scope="session")
def bi(server: QueryServer, connect: SparkSession) -> Iterator[Session]:
    assert connect is not None
    with session(server, "bi") as opened:
        yield opened


@pytest.fixture(scope="session")
def dqops(server: QueryServer, connect: SparkSession) -> Iterator[Session]:
    assert connect is not None
    with session(server, "dqops") as opened:
        yield opened
