"""What `audit show` says of a run, against what the run was given."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, check, small_plan
from test_gate import ScriptedGate

from lakehouse_pipeline.gate.gate import GateResult
from lakehouse_pipeline.inspection import query
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.shown_audit import show_audit

Make = Callable[..., Lakehouse]

CHEAP = {"kind": "aggregate", "expression": "count_if(amount < 6)", "rows": {"kind": "where", "condition": "amount < 6"}}
CHECKS = [
    check("silver.orders/cheap", CHEAP, {"operator": "equal", "value": 0}, unit="rows"),
    check(
        "silver.orders/days",
        {"kind": "aggregate", "expression": "count(day) - count(distinct day)", "rows": {"kind": "repeated", "columns": ["day"]}},
        {"operator": "equal", "value": 0},
        severity="warning",
    ),
    check("silver.orders/fine", {"kind": "aggregate", "expression": "count(*)"}, {"operator": "greaterThan", "value": 0}),
    check("silver.orders/in-the-batch", {**CHEAP}, {"operator": "lessThan", "value": 1}, scope="batch"),
    check(
        "silver.orders/shop",
        {"kind": "orphans", "unit": "rows", "reference": {"columns": ["shop"], "parent": "silver.shops", "parentColumns": ["shop"]}},
        {"operator": "equal", "value": 0},
        severity="warning",
    ),
]
ORDERS = [(1, "2013-01-01", 5, "A", 1), (2, "2013-01-01", 7, "A", 1), (3, "2013-01-02", 9, "B", 1), (4, "never", 9, "A", 1)]


def shown(lakehouse: Lakehouse, run: str | None = None, limit: int = 5) -> dict[str, Any]:
    context, ledger = lakehouse.context()
    with closing(ledger):
        return show_audit(context, run, limit)


def asked(lakehouse: Lakehouse, sql: str) -> list[Any]:
    context, ledger = lakehouse.context()
    with closing(ledger):
        answered = query(context, sql)["rows"]
        assert isinstance(answered, list)
        return answered


def delivered(lakehouse: Lakehouse) -> Lakehouse:
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen"), ("B", "Bonn")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, ORDERS)
    return lakehouse


def test_each_failed_check_comes_with_its_rows_and_sql_that_yields_the_same_number(make_lakehouse: Make) -> None:
    rules = [rule for rule in small_plan().model_dump(by_alias=True)["tables"][1]["rowRules"] if rule["kind"] != "reference"]
    lakehouse = delivered(make_lakehouse(small_plan(checks=CHECKS, maxQuarantine=5, rowRules=rules)))
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    assert lakehouse.run().status == "auditFailed"

    answer = shown(lakehouse)
    assert answer["run"]["status"] == "auditFailed"
    assert answer["judged"] > len(answer["checks"])
    checks = {entry["check"]: entry for entry in answer["checks"]}
    assert {name: (entry["severity"], entry["actual"]) for name, entry in checks.items()} == {
        "silver.orders/cheap": ("error", 1),
        "silver.orders/days": ("warning", 1),
        "silver.orders/in-the-batch": ("error", 1),
        "silver.orders/maxQuarantine": ("error", 25),
        "silver.orders/shop": ("warning", 1),
    }
    assert [row["id"] for row in checks["silver.orders/cheap"]["rows"]] == [1]
    assert checks["silver.orders/days"]["rows"] == [{"day": "2013-01-01", "rows": 2}]
    assert [row["id"] for row in checks["silver.orders/in-the-batch"]["rows"]] == [1]
    assert [row["id"] for row in checks["silver.orders/shop"]["rows"]] == [3]
    assert [row["rules"] for row in checks["silver.orders/maxQuarantine"]["rows"]] == [["silver.orders/day/type"]]
    for entry in checks.values():
        assert asked(lakehouse, entry["sql"]) == [[entry["actual"]]], entry["check"]


def test_a_gold_check_is_shown_on_the_candidate_that_was_kept(make_lakehouse: Make) -> None:
    lakehouse = delivered(make_lakehouse())
    assert lakehouse.run().status == "published"
    gold = lakehouse.plan.model_dump(by_alias=True)
    small = {"kind": "aggregate", "expression": "count_if(amount < 9)", "rows": {"kind": "where", "condition": "amount < 9"}}
    gold["tables"][2]["checks"].append(check("gold.daily/amount", small, {"operator": "equal", "value": 0}))
    lakehouse.plan = type(lakehouse.plan).model_validate(gold)
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(3, "2013-01-02", 8, "B", 2)])
    assert lakehouse.run().status == "auditFailed"
    [entry] = shown(lakehouse)["checks"]
    assert [(row["day"], row["amount"]) for row in entry["rows"]] == [("2013-01-02", 8)]
    assert entry["sql"] == "select count_if(amount < 9) from staging.daily"
    assert asked(lakehouse, entry["sql"]) == [[1]]
    assert asked(lakehouse, "select day, amount from staging.daily order by day") == [["2013-01-01", 12], ["2013-01-02", 8]]
    assert [row["amount"] for row in lakehouse.rows("gold.daily") if str(row["day"]) == "2013-01-02"] == [9]


def test_a_check_of_dqops_is_traced_to_its_rule(make_lakehouse: Make) -> None:
    lakehouse = delivered(make_lakehouse(small_plan(checks=[check("silver.orders/cheap", CHEAP, {"operator": "lessThan", "value": 5})])))
    result = GateResult("dqops/silver.orders/cheap", False, "error", 1.0, "= 0", "silver.orders/cheap: error")
    lakehouse.gate = ScriptedGate({"silver.orders": result})
    lakehouse.run()
    [entry] = shown(lakehouse)["checks"]
    assert (entry["check"], entry["sql"]) == ("dqops/silver.orders/cheap", "select count_if(amount < 6) from silver.orders")
    assert [row["id"] for row in entry["rows"]] == [1]


def test_an_unknown_run_names_the_last_ones(make_lakehouse: Make) -> None:
    lakehouse = delivered(make_lakehouse())
    with pytest.raises(LakehouseError, match=r"LH2206 audit: .* Run a domain first\."):
        shown(lakehouse)
    lakehouse.run()
    run = shown(lakehouse)["run"]["id"]
    assert shown(lakehouse, run)["checks"] == []
    with pytest.raises(LakehouseError, match=rf"LH2206 yesterday: no run of that name was audited\. .*{run} \(sales, published\)"):
        shown(lakehouse, "yesterday")


def test_a_query_of_a_candidate_that_is_not_there_says_so(make_lakehouse: Make) -> None:
    lakehouse = delivered(make_lakehouse())
    lakehouse.run()
    with pytest.raises(LakehouseError, match=r"LH2204 staging\.daily: no gold table has a candidate"):
        asked(lakehouse, "select * from staging.daily")
