"""A person publishes what an audit held back: it is written down, it holds the laws, and it lets nothing else through."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing

import pytest
from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, check, small_plan
from stepwise import NAMES, do_steps
from test_kill import DRIVER, QUICK_START, wait_for_the_leftover_jvm

from lakehouse_pipeline.conduct import Outcome
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.publish_kept import publish_overridden, publish_passed
from lakehouse_pipeline.schema.plan import Plan

Make = Callable[..., Lakehouse]
CHEAP = {"kind": "aggregate", "expression": "count_if(amount < 6)"}


def plan_with(table: int, scope: str = "table") -> Plan:
    """A check that small amounts break, on silver.orders (1) or gold.daily (2)."""
    plan = small_plan().model_dump(by_alias=True)
    name = plan["tables"][table]["name"]
    plan["tables"][table]["checks"].append(check(f"{name}/cheap", CHEAP, {"operator": "equal", "value": 0}, scope=scope))
    return Plan.model_validate(plan)


def held_back(lakehouse: Lakehouse) -> None:
    """Of two deliveries the second is held back."""
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 10, "A", 1)])
    assert lakehouse.run().status == "published"
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(2, "2013-01-02", 5, "A", 1)])
    assert lakehouse.run().status == "auditFailed"


def last_run(lakehouse: Lakehouse) -> str:
    context, ledger = lakehouse.context()
    with closing(ledger):
        return str(context.ledger.rows("select id from runs order by started_at desc, id desc")[0]["id"])


def overridden(lakehouse: Lakehouse, run: str | None, reason: str = "a sale") -> Outcome:
    context, ledger = lakehouse.context()
    with closing(ledger):
        return publish_overridden(context, run, "anna@desk", reason)


def days(lakehouse: Lakehouse) -> list[str]:
    return sorted(str(row["day"]) for row in lakehouse.rows("gold.daily"))


@pytest.mark.parametrize(("table", "scope"), [(1, "table"), (1, "batch"), (2, "table")])
def test_what_was_held_back_is_published_once_and_written_down(make_lakehouse: Make, table: int, scope: str) -> None:
    lakehouse = make_lakehouse(plan_with(table, scope), filled=held_back)
    run = last_run(lakehouse)
    outcome = overridden(lakehouse, run)
    assert outcome.status == "published"
    assert days(lakehouse) == ["2013-01-01", "2013-01-02"]
    [entry] = lakehouse.rows("ops.overrides")
    assert (entry["overridden_run"], entry["by_whom"], entry["reason"], entry["release"]) == (run, "anna@desk", "a sale", outcome.release)
    assert entry["check_id"].endswith("/cheap")
    assert entry["actual"] == 1
    assert outcome.release in {row["release"] for row in lakehouse.rows("ops.releases")}

    versions = lakehouse.versions()
    again = overridden(lakehouse, run)
    assert (again.status, again.release) == ("nothingNew", outcome.release)
    assert lakehouse.run().status == "nothingNew"
    assert lakehouse.versions() == versions


def test_an_override_counts_for_what_was_judged_and_nothing_that_comes_later(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(plan_with(1), filled=held_back)
    overridden(lakehouse, last_run(lakehouse))
    lakehouse.deliver("orders", "three", ORDER_COLUMNS, [(3, "2013-01-03", 50, "A", 1)])
    assert lakehouse.run().status == "auditFailed"
    assert days(lakehouse) == ["2013-01-01", "2013-01-02"]


def test_without_an_override_a_failed_audit_is_refused_with_the_fix(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(plan_with(2), filled=held_back)
    run = last_run(lakehouse)
    context, ledger = lakehouse.context()
    with (
        closing(ledger),
        pytest.raises(LakehouseError, match=rf"LH2124 {run}: its audit failed: gold\.daily/cheap\. .*publish sales --run {run} --override"),
    ):
        publish_passed(context, run)
    assert days(lakehouse) == ["2013-01-01"]


def test_candidates_that_wait_and_passed_are_published(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 10, "A", 1)])
    do_steps(lakehouse, "run-1", NAMES[:-2])
    context, ledger = lakehouse.context()
    with closing(ledger):
        outcome = publish_passed(context, None)
    assert outcome.status == "published"
    assert days(lakehouse) == ["2013-01-01"]


def test_what_changed_since_it_was_judged_is_refused(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(plan_with(2), filled=held_back)
    run = last_run(lakehouse)
    with pytest.raises(LakehouseError, match=r"LH2122 nobody: sales has no such run"):
        overridden(lakehouse, "nobody")
    lakehouse.run("silver")
    lakehouse.deliver("orders", "three", ORDER_COLUMNS, [(3, "2013-01-03", 50, "A", 1)])
    lakehouse.run("silver")
    with pytest.raises(LakehouseError, match=r"LH2123 .*: gold\.daily, or what it is built of, has changed since\."):
        overridden(lakehouse, run)
    assert lakehouse.run().status == "auditFailed"
    with pytest.raises(LakehouseError, match=rf"LH2123 {run}: gold\.daily was judged again by run {last_run(lakehouse)}\."):
        overridden(lakehouse, run)
    lakehouse.deliver("orders", "four", ORDER_COLUMNS, [(2, "2013-01-02", 50, "A", 2)])
    assert lakehouse.run().status == "published"
    with pytest.raises(LakehouseError, match=rf"LH2123 {run}: release-.* was published since\."):
        overridden(lakehouse, run)
    with pytest.raises(LakehouseError, match=r"LH2122 sales: the audit of its last run did not fail"):
        overridden(lakehouse, None)


def test_gold_that_silver_held_back_is_built_now_and_has_to_pass(make_lakehouse: Make) -> None:
    plan = plan_with(1).model_dump(by_alias=True)
    plan["tables"][2]["checks"].append(
        check("gold.daily/days", {"kind": "aggregate", "expression": "count(*)"}, {"operator": "lessThan", "value": 2})
    )
    lakehouse = make_lakehouse(Plan.model_validate(plan), filled=held_back)
    run = last_run(lakehouse)
    outcome = overridden(lakehouse, run)
    assert outcome.status == "auditFailed"
    assert days(lakehouse) == ["2013-01-01"]
    assert [row["release"] for row in lakehouse.rows("ops.overrides")] == [None]
    second = overridden(lakehouse, last_run(lakehouse))
    assert second.status == "published"
    assert days(lakehouse) == ["2013-01-01", "2013-01-02"]


@pytest.mark.parametrize(
    "point",
    [
        "record:intend_release#1",
        "commit:gold/daily",
        "record:finish_release#1",
    ],
)
def test_killed_half_way_and_asked_again_twice(point: str, make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(plan_with(2), "killed", filled=held_back)
    run = last_run(lakehouse)
    (lakehouse.folder / "plan.json").write_text(lakehouse.plan.model_dump_json(by_alias=True), encoding="utf-8")
    command = [sys.executable, str(DRIVER), str(lakehouse.folder), point, "override", run]
    process = subprocess.run(command, env={**os.environ, **QUICK_START}, capture_output=True, text=True, timeout=300, check=False)
    assert process.returncode == -signal.SIGKILL, process.stdout + process.stderr
    wait_for_the_leftover_jvm(lakehouse)
    for _ in range(2):
        assert overridden(lakehouse, run).release is not None
    assert days(lakehouse) == ["2013-01-01", "2013-01-02"]
    assert [row["check_id"] for row in lakehouse.rows("ops.overrides") if row["release"]] == ["gold.daily/cheap"]
    assert lakehouse.run().status == "nothingNew"
