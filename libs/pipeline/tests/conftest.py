from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lakehouse import Lakehouse
from pyspark.sql import SparkSession
from small_plan import small_plan

from lakehouse_pipeline.home import open_home
from lakehouse_pipeline.inspection import LAYERS
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


@pytest.fixture(scope="session")
def filled_folders() -> dict[tuple[str, str], Path]:
    """Lakehouses that tests begin from, by what filled them and their plan."""
    return {}


@pytest.fixture
def make_lakehouse(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
    filled_folders: dict[tuple[str, str], Path],
) -> Iterator[Callable[..., Lakehouse]]:
    """Makes lakehouses of their own below the test's folder. What `filled` does to one is done once for all tests of a plan."""
    used: list[SparkSession] = []

    def start() -> SparkSession:
        used.append(request.getfixturevalue("spark"))
        return used[-1]

    def make(plan: Plan | None = None, name: str = "lakehouse", filled: Callable[[Lakehouse], object] | None = None) -> Lakehouse:
        lakehouse = Lakehouse(tmp_path / name, plan or small_plan(), start)
        if filled is not None:
            key = (f"{filled.__module__}.{filled.__qualname__}", lakehouse.plan.model_dump_json())
            if key not in filled_folders:
                folder = tmp_path_factory.mktemp("filled") / name
                filled(Lakehouse(folder, lakehouse.plan, start))
                filled_folders[key] = folder
            shutil.copytree(filled_folders[key], lakehouse.folder)
        return lakehouse

    yield make
    # Queries gave their tables names in the Spark that the tests share.
    for spark in used[:1]:
        for layer in (*LAYERS, "staging"):
            spark.sql(f"drop database if exists {layer} cascade")
