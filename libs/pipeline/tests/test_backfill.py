"""A backfill brings the tables to what they would be, however often it is done and wherever it is cut short."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, small_plan

from lakehouse_pipeline.backfill import Refined, backfill
from lakehouse_pipeline.conduct import Outcome
from lakehouse_pipeline.intervals import Interval

Make = Callable[..., Lakehouse]
TABLES = ("silver.orders", "silver.shops", "quarantine.orders", "gold.daily")
SPRING = Interval(date(2013, 1, 1), date(2013, 3, 31))


def three_months(lakehouse: Lakehouse) -> None:
    """Three months of orders in one run: some invalid, one of a shop that nobody knows yet, one that a later month corrects."""
    lakehouse.deliver("shops", "2013-01", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "2013-01", ORDER_COLUMNS, [(1, "2013-01-01", 5, "A", 1), ("", "2013-01-02", 7, "A", 1)])
    lakehouse.deliver("orders", "2013-02", ORDER_COLUMNS, [(2, "2013-02-01", 6, "Z", 1), (3, "2013-02-02", 7, "A", 1)])
    lakehouse.deliver("orders", "2013-03", ORDER_COLUMNS, [(1, "2013-01-01", 50, "A", 2), (4, "never", 1, "A", 1)])
    assert lakehouse.run().status == "published"


def refill(lakehouse: Lakehouse, within: Interval = SPRING, run: str | None = None) -> tuple[Outcome, list[Refined]]:
    lakehouse.events.clear()
    context, ledger = lakehouse.context(run)
    with closing(ledger):
        return backfill(context, lakehouse.landed, within)


def contents(lakehouse: Lakehouse) -> dict[str, list[str]]:
    return {table: lakehouse.content(table) for table in TABLES}


def refined(lakehouse: Lakehouse) -> list[tuple[str, str]]:
    """Subject and detail of each time that a silver table was refined."""
    return [
        (event["subject"], event["detail"]) for event in lakehouse.events if event["event"] == "stepStarted" and event["step"] == "refine"
    ]


def test_tables_that_are_as_they_should_be_stay_as_they_are(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=three_months)
    before, versions, accounted = contents(lakehouse), lakehouse.versions(), standing(lakehouse)
    for _ in range(2):
        outcome, pieces = refill(lakehouse)
        assert outcome.status == "published"
        assert [(piece.table, str(piece.interval)) for piece in pieces] == [
            ("silver.shops", "2013-01-01 to 2013-01-31"),
            ("silver.orders", "2013-01-01 to 2013-01-31"),
            ("silver.orders", "2013-02-01 to 2013-02-28"),
            ("silver.orders", "2013-03-01 to 2013-03-31"),
        ]
        assert contents(lakehouse) == before
        assert {name: version for name, version in lakehouse.versions().items() if name.startswith(("silver", "gold"))} == {
            name: version for name, version in versions.items() if name.startswith(("silver", "gold"))
        }
        assert standing(lakehouse) == accounted
    assert lakehouse.run().status == "nothingNew"


def standing(lakehouse: Lakehouse) -> dict[str, int]:
    """Rows read and rejected, as the audits count them: a row that was refined again counts once."""
    _, ledger = lakehouse.context()
    with closing(ledger):
        found = ledger.rows(
            "select sum(read) as read, sum(quarantined) as quarantined, sum(waiting) as waiting from accounting"
            " where step in ('refine', 'backfill')"
        )
        rejected = [sum(counts) for counts in zip(*ledger.rejected("silver.orders", 1).values(), strict=True)]
        waits = sum(row["status"] == "waiting" for row in lakehouse.rows("quarantine.orders"))
        return {**found[0], "batchRead": rejected[0], "batchRejected": rejected[1], "waits": waits}


def test_what_was_lost_from_silver_comes_back_and_goes_to_gold(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=three_months)
    before = contents(lakehouse)
    silver = lakehouse.home.warehouse.location("silver.orders")
    lakehouse.spark().sql(f"delete from delta.`{silver}` where id in (1, 3)").collect()
    assert lakehouse.run().status == "published"
    assert contents(lakehouse) != before

    outcome, _ = refill(lakehouse)
    assert outcome.status == "published"
    assert contents(lakehouse) == before


def test_only_batches_of_the_range_are_refined(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=three_months)
    refill(lakehouse, Interval(date(2013, 2, 10), date(2013, 2, 20)))
    assert refined(lakehouse) == [("silver.orders", "2013-02-01 to 2013-02-28 again, interval 1 of 1")]


def test_a_range_without_batches_changes_nothing_and_starts_no_spark(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=three_months)
    before = lakehouse.versions()

    def refuse() -> Any:
        raise AssertionError("Spark was started")

    lakehouse.spark = refuse
    assert refill(lakehouse, Interval(date(2012, 1, 1), date(2012, 12, 31)))[0].status == "nothingNew"
    assert lakehouse.versions() == before


def test_what_waits_is_merged_when_its_parent_came_and_a_backfill_does_not_merge_it_again(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=three_months)
    refill(lakehouse)
    lakehouse.deliver("shops", "2013-04", SHOP_COLUMNS, [("Z", "Zwolle")])
    lakehouse.run()
    assert sorted(row["id"] for row in lakehouse.rows("silver.orders")) == [1, 2, 3]
    before = contents(lakehouse)
    refill(lakehouse)
    assert contents(lakehouse) == before
    assert sorted(row["status"] for row in lakehouse.rows("quarantine.orders")) == ["open", "open", "replayed"]
    assert standing(lakehouse)["waits"] == 0


def test_a_backfill_is_audited_and_gold_is_left_as_it_was_where_that_fails(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=three_months)
    before = lakehouse.content("gold.daily")
    lakehouse.plan = small_plan(maxQuarantine=10)
    outcome, _ = refill(lakehouse)
    assert outcome.status == "auditFailed"
    assert [result.batch for result in outcome.results if result.blocks] == ["orders-000001", "orders-000002", "orders-000003"]
    assert lakehouse.run().status == "auditFailed"
    assert lakehouse.content("gold.daily") == before
    lakehouse.plan = small_plan()
    assert lakehouse.run().status == "published"


@pytest.mark.parametrize("again", ["the same run", "another run"])
def test_one_that_failed_half_way_goes_on_where_it_stopped(make_lakehouse: Make, again: str) -> None:
    lakehouse = make_lakehouse(filled=three_months)
    before = contents(lakehouse)
    context, ledger = lakehouse.context("backfill-1")

    def fail(event: Any) -> None:
        if event["event"] == "stepStarted" and "interval 2 of 3" in event["detail"]:
            raise RuntimeError("cut short")

    object.__setattr__(context, "emit", fail)
    with closing(ledger), pytest.raises(RuntimeError, match="cut short"):
        backfill(context, lakehouse.landed, SPRING)

    outcome, pieces = refill(lakehouse, SPRING, "backfill-1" if again == "the same run" else None)
    assert outcome.status == "published"
    assert refined(lakehouse) == [
        # What was begun goes first, then what is left.
        ("silver.orders", "1 batch again"),
        ("silver.orders", "2013-03-01 to 2013-03-31 again, interval 3 of 3"),
    ]
    assert [piece.done for piece in pieces] == [True, True, True, False]
    assert contents(lakehouse) == before
    assert len(refill(lakehouse)[1]) == 4
    assert len(refined(lakehouse)) == 4
