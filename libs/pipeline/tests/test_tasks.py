"""Steps as tasks of their own come to what one run comes to, however often each is done."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lakehouse import Lakehouse
from pyspark.sql import SparkSession
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, check, small_plan
from stepwise import NAMES, do_step, do_steps
from test_laws import Order, histories, histories_settings
from test_run import start, with_gold_check

from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import Plan
from lakehouse_pipeline.task import note_failure, run_status

Make = Callable[..., Lakehouse]
TABLES = ("bronze.orders", "bronze.shops", "silver.orders", "silver.shops", "quarantine.orders", "gold.daily")


def refuse() -> SparkSession:
    raise AssertionError("Spark was started")


def deliver(lakehouse: Lakehouse, history: Sequence[list[Order]], number: int) -> None:
    """Rows of the number-th delivery; one of shops comes with the first and with the last."""
    if number == 0:
        lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen"), ("B", "Bonn")])
    lakehouse.deliver("orders", f"{number:02}", ORDER_COLUMNS, history[number])
    if number == len(history) - 1:
        lakehouse.deliver("shops", "two", SHOP_COLUMNS, [("Z", "Zwolle")])


def any_order(seed: int) -> list[str]:
    """An order of the tasks that a scheduler may choose, some of them done twice."""
    chance = random.Random(seed)
    first, rest = list(NAMES[:2]), list(NAMES[2:])
    chance.shuffle(first)
    return [name for name in [*first, *rest] for _ in range(chance.choice([1, 1, 2]))]


@histories_settings
@given(history=histories, seed=st.integers(0, 99))
def test_step_by_step_the_tables_are_those_of_one_run(spark: SparkSession, history: list[list[Order]], seed: int) -> None:
    whole, stepwise = (Lakehouse(Path(tempfile.mkdtemp()), small_plan(), lambda: spark) for _ in range(2))
    for number in range(len(history)):
        for lakehouse in (whole, stepwise):
            deliver(lakehouse, history, number)
        whole.run()
        do_steps(stepwise, f"dag-{number}", any_order(seed + number))
    for table in TABLES:
        assert stepwise.content(table) == whole.content(table), table
    assert stepwise.accounted() == whole.accounted()
    assert stepwise.run().status == "nothingNew"


def test_where_nothing_is_new_no_task_starts_spark_or_changes_a_version(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    done = do_steps(lakehouse, "dag-1")
    assert {name: step.status for name, step in done.items()} == {
        **{"ingest orders": "ingested", "ingest shops": "ingested", "refine silver.shops": "refined", "refine silver.orders": "refined"},
        **{"audit": "passed", "build gold.daily": "built", "publish": "published", "record": "recorded"},
    }
    assert all(step.changed for step in done.values())
    before = lakehouse.versions()
    lakehouse.spark = refuse
    again = do_steps(lakehouse, "dag-2")
    assert {(step.status, step.changed) for step in again.values()} == {("nothingNew", False)}
    assert lakehouse.versions() == before
    assert [row["run"] for row in lakehouse.rows("ops.runs")] == ["dag-1"]


def test_a_task_done_again_in_its_run_answers_as_before_and_changes_nothing(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    first = do_steps(lakehouse, "dag-1")
    before = lakehouse.versions()
    lakehouse.spark = refuse
    for name in NAMES[:-1]:
        again = do_step(lakehouse, name, "dag-1")
        assert (again.changed, again.status, again.release) == (True, first[name].status, first[name].release), name
    do_step(lakehouse, "record", "dag-1")
    assert lakehouse.versions() == before


def test_all_tasks_of_a_run_are_one_run_in_ops_and_lead_to_the_scheduler(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    do_steps(lakehouse, "dag-1")
    assert [(row["run"], row["status"], row["label"], row["release"]) for row in lakehouse.rows("ops.runs")] == [
        ("dag-1", "published", "the scheduler's dag-1", "release-dag-1")
    ]
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(3, "2013-01-03", 1, "A", 1)])
    do_steps(lakehouse, "dag-1")
    assert [(row["run"], row["release"]) for row in lakehouse.rows("ops.runs")] == [("dag-1", "release-dag-1-2")]
    assert sorted(row["release"] for row in lakehouse.rows("ops.releases")) == ["release-dag-1", "release-dag-1-2"]
    assert sum(row["read"] for row in lakehouse.rows("ops.row_accounting")) == 5
    assert sum(row["orders"] for row in lakehouse.rows("gold.daily")) == 3


def test_an_audit_of_silver_that_failed_stays_failed_and_nothing_is_built_or_published(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(small_plan(maxQuarantine=30))
    start(lakehouse)
    do_steps(lakehouse, "dag-1")
    before = lakehouse.content("gold.daily")
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(3, "2013-01-03", 1, "A", 1), (4, "soon", 1, "A", 1)])
    assert [name for name, step in do_steps(lakehouse, "dag-2").items() if step.has_failed] == ["audit"]
    for run in ("dag-2", "dag-3"):
        for name in ("audit", "audit", "build gold.daily", "build gold.daily", "publish"):
            assert do_step(lakehouse, name, run).has_failed, name
    assert lakehouse.content("gold.daily") == before
    assert lakehouse.run().status == "auditFailed"

    lakehouse.plan = small_plan(maxQuarantine=50)
    assert do_steps(lakehouse, "dag-4")["publish"].status == "published"
    assert sum(row["orders"] for row in lakehouse.rows("gold.daily")) == 3


def gold_below(limit: int) -> Plan:
    measure = {"kind": "aggregate", "expression": "max(amount)"}
    return with_gold_check(small_plan(), check("gold.daily/most", measure, {"operator": "lessThan", "value": limit}))


def test_a_candidate_that_failed_is_not_published_before_it_is_built_anew_and_passes(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(gold_below(100))
    start(lakehouse)
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(3, "2013-01-03", 1000, "A", 1)])
    failed = do_steps(lakehouse, "dag-1")
    assert failed["build gold.daily"].has_failed
    checks: Any = failed["build gold.daily"].facts["checks"]
    assert [(found["check"], found["actual"]) for found in checks if not found["passed"]] == [("gold.daily/most", 1000)]
    for name in ("build gold.daily", "publish", "publish"):
        assert do_step(lakehouse, name, "dag-1").has_failed, name
    assert lakehouse.rows("gold.daily") == []
    assert lakehouse.rows("ops.runs")[0]["status"] == "auditFailed"

    lakehouse.plan = gold_below(2000)
    with pytest.raises(LakehouseError, match=r"LH2118 gold\.daily"):
        do_step(lakehouse, "publish", "dag-2")
    assert do_steps(lakehouse, "dag-3")["publish"].status == "published"
    assert sum(row["orders"] for row in lakehouse.rows("gold.daily")) == 3


def test_a_candidate_is_published_only_while_it_stands_on_the_tables_as_they_are(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    up_to_build, refinement = NAMES[:6], NAMES[:4]
    do_steps(lakehouse, "dag-1", refinement)
    with pytest.raises(LakehouseError, match=r"LH2117 silver\.shops, silver\.orders"):
        do_step(lakehouse, "build gold.daily", "dag-1")
    do_steps(lakehouse, "dag-1", up_to_build)
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(3, "2013-01-03", 1, "A", 1)])
    do_steps(lakehouse, "dag-2", refinement)
    with pytest.raises(LakehouseError, match=r"LH2117 silver\.orders"):
        do_step(lakehouse, "publish", "dag-1")
    do_step(lakehouse, "audit", "dag-2")
    with pytest.raises(LakehouseError, match=r"LH2118 gold\.daily"):
        do_step(lakehouse, "publish", "dag-1")
    assert lakehouse.rows("gold.daily") == []
    do_step(lakehouse, "build gold.daily", "dag-2")
    for _ in ("at first", "as a try whose answer got lost"):
        published = do_step(lakehouse, "publish", "dag-2")
        assert (published.status, published.release, published.facts["tables"]) == ("published", "release-dag-2", ["gold.daily"])
    assert sum(row["orders"] for row in lakehouse.rows("gold.daily")) == 3
    assert not list((lakehouse.home.path / "warehouse" / "staging").glob("*/daily"))


def test_a_candidate_built_by_another_process_is_kept_and_published(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    do_steps(lakehouse, "dag-1", NAMES[:6])
    spark, lakehouse.spark = lakehouse.spark, refuse
    assert do_step(lakehouse, "build gold.daily", "dag-2").changed
    lakehouse.spark = spark
    assert do_step(lakehouse, "publish", "dag-2").release == "release-dag-2"


def test_after_steps_a_run_goes_on_and_after_a_run_steps_do(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    do_steps(lakehouse, "dag-1", NAMES[:4])
    assert lakehouse.run().status == "published"
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(3, "2013-01-03", 1, "A", 1)])
    assert lakehouse.run(until="silver").status == "refined"
    done = do_steps(lakehouse, "dag-2")
    assert [name for name, step in done.items() if step.changed] == ["audit", "build gold.daily", "publish", "record"]
    assert sum(row["orders"] for row in lakehouse.rows("gold.daily")) == 3


def test_a_failed_task_is_noted_and_forgotten_once_it_is_done_after_all(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    lakehouse.connections["shops_files"] = "file:///nowhere"
    do_step(lakehouse, "ingest orders", "dag-1")
    with pytest.raises(LakehouseError, match="LH2010"):
        do_step(lakehouse, "ingest shops", "dag-1")
    context, ledger = lakehouse.context("dag-1", label="the scheduler's dag-1")
    with closing(ledger):
        note_failure(context, "ingest_shops", "the task was killed")
    do_step(lakehouse, "record", "dag-1")
    assert [(row["status"], row["message"]) for row in lakehouse.rows("ops.runs")] == [("failed", "ingest_shops: the task was killed")]
    lakehouse.connections.clear()
    do_steps(lakehouse, "dag-1")
    assert [(row["status"], row["message"]) for row in lakehouse.rows("ops.runs")] == [("published", None)]


@pytest.mark.parametrize(
    ("tasks", "status"),
    [
        (["ingested", "refined"], "refined"),
        (["ingested", "failed", "refined"], "failed"),
        (["auditFailed", "interrupted"], "auditFailed"),
        (["interrupted", "published"], "interrupted"),
    ],
)
def test_a_run_comes_to_the_worst_of_its_tasks_else_to_the_last(tasks: list[str], status: str) -> None:
    rows = [{"status": each, "message": each} for each in tasks]
    assert run_status(list(rows))[0] == status
