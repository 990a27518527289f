from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyspark.sql.connect.session import SparkSession
from query_server import QueryServer, compile_guard, javac, running
from sqlalchemy import create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.engine import Engine

# Where the package is installed, its entry point does that.
registry.register("lakehouse", "lakehouse_superset.dialect", "LakehouseDialect")

# Every kind of type, laid out in the three ways that Delta has.
COLUMNS = """
  1Y as tiny, 2S as small, 3 as number, 4L as big, 1.5F as single, 2.5D as double, 1.25 as price, true as flag,
  'it\\'s 100 % \\\\ so' as text, date '2013-02-28' as day, timestamp '2013-02-28 23:59:59.5' as moment,
  array(1, 2) as list, named_struct('a', 1) as pair
"""
TABLES = {"plain": "", "partitioned": "partitioned by (day)", "clustered": "cluster by (big)"}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueryServer]:
    """A guarded query server with tables in gold."""
    if javac() is None:
        pytest.skip("the guard cannot be compiled: no javac in JAVA_HOME or PATH")
    classes = tmp_path_factory.mktemp("classes")
    compile_guard(classes)
    with running(tmp_path_factory.mktemp("server"), classes) as server:
        spark = SparkSession.builder.remote(f"sc://127.0.0.1:{server.connect}").getOrCreate()
        for schema in ("silver", "gold", "ops"):
            spark.sql(f"create schema {schema}")
        for name, layout in TABLES.items():
            spark.sql(f"create table gold.{name} using delta {layout} as select {COLUMNS}")
        spark.sql("alter table gold.plain alter column day comment 'Local day.'")
        spark.sql("create view gold.of_plain as select text from gold.plain")
        spark.sql("create table silver.hidden using delta as select 1 as id")
        spark.sql("create table ops.runs using delta as select 'r' as run")
        yield server
        spark.stop()


@pytest.fixture(scope="session")
def url(server: QueryServer) -> str:
    return f"lakehouse://bi@127.0.0.1:{server.thrift}/gold?password_file={server.folder / 'thrift-bi'}"


@pytest.fixture(scope="session")
def engine(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    yield engine
    engine.dispose()
