"""Killed anywhere and run again, a lakehouse is what one clean run makes of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lakehouse import Lakehouse
from pyspark.sql import SparkSession
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, small_plan

# A driver that is killed after seconds has no use for code compiled with care.
QUICK_START = {
    "LAKEHOUSE_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1",
    "LAKEHOUSE_SPARK_SETTINGS": "spark.sql.codegen.wholeStage=false\nspark.sql.shuffle.partitions=2",
}
TABLES = ("bronze.orders", "bronze.shops", "silver.orders", "silver.shops", "quarantine.orders", "gold.daily")
DRIVER = Path(__file__).with_name("killed_driver.py")

# Inside a step, where tables and ledger do not agree.
INSIDE = [
    "record:begin_work#1",
    "commit:bronze/orders",
    "record:finish_ingest#1",
    "commit:quarantine/orders",
    "commit:silver/orders",
    "record:finish_refine#2",
    "record:finish_refine#3",
    "record:intend_release#1",
    "commit:gold/daily",
    "record:finish_release#1",
    "record:finish_run#1",
]
# Between two steps: what is left behind is much alike, so all of these are for `./lakehouse test --all`.
BETWEEN = [
    "event:stepFinished/land/orders",
    "event:stepFinished/start/spark",
    "event:stepStarted/ingest/bronze.orders",
    "event:stepFinished/ingest/bronze.shops",
    "event:stepStarted/refine/silver.orders",
    "event:stepFinished/audit/silver.orders",
    "event:stepFinished/build/gold.daily",
    "event:stepStarted/publish/gold.daily",
    "event:stepStarted/record/ops",
]
POINTS = [*INSIDE, *(BETWEEN if os.environ.get("LAKEHOUSE_TEST_ALL") == "true" else BETWEEN[-1:])]


@pytest.fixture(scope="module")
def prepared(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Lakehouse]:
    """A lakehouse after one run with a second delivery before its door, and the same after a clean second run."""
    folder = tmp_path_factory.mktemp("prepared")
    lakehouse = Lakehouse(folder / "before", small_plan(), lambda: spark)
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen"), ("B", "Bonn")])
    first = [(number, f"2013-01-{number:02}", number, "A", 1) for number in range(1, 20)] + [(77, "2013-01-02", 1, "Z", 1)]
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, first)
    assert lakehouse.run().status == "published"
    lakehouse.deliver("shops", "two", SHOP_COLUMNS, [("Z", "Zwolle")])
    second = [(number, f"2013-02-{number:02}", number * 2, "B", 2) for number in range(10, 25)] + [("", "x", 1, "A", 1), (3, "never")]
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, second)
    shutil.copytree(folder / "before", folder / "clean")
    clean = Lakehouse(folder / "clean", small_plan(), lambda: spark)
    assert clean.run().status == "published"
    return folder / "before", clean


@pytest.mark.parametrize("point", POINTS)
def test_killed_and_run_again_it_is_as_after_one_clean_run(
    point: str, prepared: tuple[Path, Lakehouse], tmp_path: Path, spark: SparkSession
) -> None:
    before, clean = prepared
    shutil.copytree(before, tmp_path / "killed")
    command = [sys.executable, str(DRIVER), str(tmp_path / "killed"), point]
    process = subprocess.run(command, env={**os.environ, **QUICK_START}, capture_output=True, text=True, timeout=300, check=False)
    assert process.returncode == -signal.SIGKILL, process.stdout + process.stderr

    killed = Lakehouse(tmp_path / "killed", small_plan(), lambda: spark)
    wait_for_the_leftover_jvm(killed)
    killed.run()
    for table in TABLES:
        assert killed.content(table) == clean.content(table), table
    assert killed.accounted() == clean.accounted()
    assert killed.run().status == "nothingNew"


def wait_for_the_leftover_jvm(lakehouse: Lakehouse) -> None:
    """Taking the lock ends it, as any run does before it reads."""
    from lakehouse_pipeline.lock import domain_lock

    with domain_lock(lakehouse.home.lock("sales"), "sales", "test"):
        pass


def test_two_runs_at_once_exclude_each_other(make_lakehouse: Callable[..., Lakehouse]) -> None:
    from lakehouse_pipeline.lock import domain_lock, lock_holder
    from lakehouse_pipeline.problem import LakehouseError

    path = make_lakehouse().home.lock("sales")
    assert lock_holder(path) is None
    with domain_lock(path, "sales", "first"):
        holder = lock_holder(path)
        assert holder is not None
        assert holder["run"] == "first"
        with (
            pytest.raises(LakehouseError, match=r"LH2102 sales: run first on .* has held the lock since"),
            domain_lock(path, "sales", "second"),
        ):
            pass
    assert lock_holder(path) is None
