from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lakehouse import Lakehouse
from pyspark.sql import SparkSession
from small_plan import small_plan

from lakehouse_pipeline.home import open_home
from lakehouse_pipeline.schema.plan import Plan
from lakehouse_pipeline.session import embedded_session

# How many finished queries, jobs and stages Spark keeps for a user interface that is not there.
REMEMBERED = ("spark.sql.ui.retainedExecutions", "spark.ui.retainedJobs", "spark.ui.retainedStages", "spark.ui.retainedTasks")


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """One Spark for all tests of the session, started by the first that needs it.

    It meets thousands of tables and queries where a run meets a few, so it must forget them sooner and may hold more.
    """
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LAKEHOUSE_DRIVER_MEMORY", "3g")
        environment.setenv("LAKEHOUSE_JAVA_OPTIONS", "-Ddelta.log.cacheSize=32")
        environment.setenv("LAKEHOUSE_SPARK_SETTINGS", "\n".join(f"{name}=20" for name in REMEMBERED))
        session = embedded_session(open_home(str(tmp_path_factory.mktemp("spark"))))
    yield session
    session.stop()


@pytest.fixture
def make_lakehouse(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[..., Lakehouse]:
    """Makes lakehouses of their own below the test's folder."""

    def make(plan: Plan | None = None, name: str = "lakehouse") -> Lakehouse:
        return Lakehouse(tmp_path / name, plan or small_plan(), lambda: request.getfixturevalue("spark"))

    return make
