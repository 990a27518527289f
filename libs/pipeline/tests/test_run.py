from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, check, small_plan

from lakehouse_pipeline.schema.plan import Plan

Make = Callable[..., Lakehouse]


def start(lakehouse: Lakehouse) -> None:
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen"), ("B", "Bonn")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 5, "A", 1), (2, "2013-01-02", 7, "B", 1)])


def test_good_rows_are_published_and_bad_ones_are_kept_with_their_rules(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    bad = [(3, "2013-01-02", "many", "A", 1), ("", "2013-01-02", 1, "A", 1), (5, "never", 1, "A", 1)]
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [*bad, (4, "x")])

    outcome = lakehouse.run()

    assert outcome.status == "published"
    assert [(str(row["day"]), row["city"], row["orders"], row["amount"]) for row in sorted(lakehouse.rows("gold.daily"), key=str)] == [
        ("2013-01-01", "Aachen", 1, 5),
        ("2013-01-02", "Bonn", 1, 7),
    ]
    rules = sorted(rule for row in lakehouse.rows("quarantine.orders") for rule in row["rules"])
    assert rules == ["silver.orders/amount/type", "silver.orders/day/type", "silver.orders/id/required", "silver.orders/malformed"]
    assert [row["payload"] for row in lakehouse.rows("quarantine.orders") if row["reason"]] == ["4,x"]


def test_a_run_with_nothing_new_changes_no_version_and_starts_no_spark(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    lakehouse.run()
    before = lakehouse.versions()

    def refuse() -> None:
        raise AssertionError("Spark was started")

    lakehouse.spark = refuse  # type: ignore[assignment]
    assert lakehouse.run().status == "nothingNew"
    assert lakehouse.versions() == before
    assert "ops.runs" in before


def test_a_row_waits_for_its_parent_and_is_merged_once_when_it_arrives(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(3, "2013-01-02", 9, "Z", 1)])
    lakehouse.run()
    assert [row["status"] for row in lakehouse.rows("quarantine.orders")] == ["waiting"]

    lakehouse.deliver("shops", "two", SHOP_COLUMNS, [("Z", "Zwolle")])
    assert lakehouse.run().status == "published"
    assert [row["status"] for row in lakehouse.rows("quarantine.orders")] == ["replayed"]
    assert sorted(row["id"] for row in lakehouse.rows("silver.orders")) == [1, 2, 3]
    assert lakehouse.run().status == "nothingNew"


def test_a_failed_audit_leaves_gold_as_it_was_and_is_judged_again(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(small_plan(maxQuarantine=30))
    start(lakehouse)
    lakehouse.run()
    before = lakehouse.content("gold.daily")
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(3, "2013-01-03", 1, "A", 1), (4, "soon", 1, "A", 1)])

    failed = lakehouse.run()
    assert failed.status == "auditFailed"
    assert [result.check for result in failed.results if result.blocks] == ["silver.orders/maxQuarantine"]
    assert lakehouse.run().status == "auditFailed"
    assert lakehouse.content("gold.daily") == before

    lakehouse.plan = small_plan(maxQuarantine=50)
    assert lakehouse.run().status == "published"
    assert sum(row["orders"] for row in lakehouse.rows("gold.daily")) == 3


def test_a_failed_check_on_a_candidate_keeps_the_candidate_and_gold(make_lakehouse: Make) -> None:
    measure = {"kind": "aggregate", "expression": "max(amount)"}
    lakehouse = make_lakehouse(with_gold_check(small_plan(), check("gold.daily/most", measure, {"operator": "lessThan", "value": 100})))
    start(lakehouse)
    assert lakehouse.run().status == "published"
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(3, "2013-01-03", 1000, "A", 1)])

    outcome = lakehouse.run()
    assert outcome.status == "auditFailed"
    assert [(result.check, result.actual) for result in outcome.results if result.blocks] == [("gold.daily/most", 1000)]
    assert sum(row["orders"] for row in lakehouse.rows("gold.daily")) == 2
    assert list((lakehouse.home.path / "warehouse" / "staging").glob("*/daily/*.parquet"))


def test_an_update_moves_a_row_from_one_key_of_gold_to_another(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    lakehouse.run()
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(1, "2013-02-01", 5, "A", 2)])
    lakehouse.run()
    assert sorted(str(row["day"]) for row in lakehouse.rows("gold.daily")) == ["2013-01-02", "2013-02-01"]
    assert any(event.get("detail") == "2 keys recomputed" for event in lakehouse.events)


def test_a_changed_contract_rebuilds_from_bronze(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [("", "2013-01-02", 1, "A", 1), (5, "2013-01-02", -1, "A", 1)])
    lakehouse.run()
    rule = {"kind": "expression", "id": "silver.orders/amount/positive", "column": "amount", "description": "", "dimension": None}
    stricter = [*small_plan().model_dump(by_alias=True)["tables"][1]["rowRules"], {**rule, "violation": "amount < 0"}]
    lakehouse.plan = small_plan(fingerprint="orders-2", rowRules=stricter)

    assert lakehouse.run().status == "published"
    assert sorted(row["id"] for row in lakehouse.rows("silver.orders")) == [1, 2]
    assert sorted(rule for row in lakehouse.rows("quarantine.orders") for rule in row["rules"]) == [
        "silver.orders/amount/positive",
        "silver.orders/id/required",
    ]


def test_a_source_that_cannot_be_read_leaves_the_others_unharmed(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    lakehouse.run()
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(3, "2013-01-03", 1, "A", 1)])
    lakehouse.connections["shops_files"] = "file:///nowhere"
    outcome = lakehouse.run()
    assert outcome.status == "published"
    assert [(failure.source, failure.table, failure.error.code) for failure in outcome.failures] == [("shops", "bronze.shops", "LH2010")]
    assert sorted(row["id"] for row in lakehouse.rows("silver.orders")) == [1, 2, 3]


def with_gold_check(plan: Plan, extra: dict[str, Any]) -> Plan:
    document = plan.model_dump(by_alias=True)
    document["tables"][2]["checks"].append(extra)
    return Plan.model_validate(document)
