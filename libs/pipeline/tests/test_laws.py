"""The laws of the design, by random histories against a plain model in memory."""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lakehouse import Lakehouse
from pyspark.sql import SparkSession
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, small_plan

Order = tuple[Any, ...]
Batch = tuple[str, list[Order]]
histories_settings = settings(
    max_examples=int(os.environ.get("LAKEHOUSE_TEST_EXAMPLES", "3")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

ids = st.sampled_from(["1", "2", "3", "4", "", "x"])
days = st.sampled_from([str(date(2013, 1, 1) + timedelta(days=offset)) for offset in (0, 1, 40)] + ["never"])
amounts = st.sampled_from(["1", "2", "", "lots"])
shops = st.sampled_from(["A", "B", "Z", ""])
changes = st.integers(1, 3).map(str)
orders = st.lists(st.tuples(ids, days, amounts, shops, changes), min_size=1, max_size=8)
histories = st.lists(orders, min_size=2, max_size=3)


def distinct_changes(history: Sequence[list[Order]]) -> list[list[Order]]:
    """The history without ties: one content for each id and change, the first that came."""
    seen: dict[tuple[str, str], Order] = {}
    return [[order for order in batch if seen.setdefault((order[0], order[4]), order) == order] for batch in history]


def is_valid(order: Order) -> bool:
    return order[0] in "1234" and order[0] != "" and order[1] != "never" and order[2] != "lots"


def expected_silver(history: Sequence[list[Order]], known: set[str]) -> dict[int, tuple[object, ...]]:
    """Plain Python: for each id the valid row with the largest change."""
    winners: dict[int, tuple[object, ...]] = {}
    for batch in history:
        for identity, day, amount, shop, change in batch:
            order = (identity, day, amount, shop, change)
            if is_valid(order) and (shop == "" or shop in known):
                row = (int(identity), day, int(amount) if amount else None, shop or None, int(change))
                if int(identity) not in winners or winners[int(identity)][4] < row[4]:  # type: ignore[operator]
                    winners[int(identity)] = row
    return winners


def expected_gold(silver: dict[int, tuple[object, ...]], cities: dict[str, str]) -> Counter[tuple[object, ...]]:
    return Counter((row[1], cities.get(str(row[3]))) for row in silver.values())


def silver_rows(lakehouse: Lakehouse) -> dict[int, tuple[object, ...]]:
    return {row["id"]: (row["id"], str(row["day"]), row["amount"], row["shop"], row["changed"]) for row in lakehouse.rows("silver.orders")}


@pytest.fixture
def fresh(spark: SparkSession) -> Callable[[], Lakehouse]:
    return lambda: Lakehouse(Path(tempfile.mkdtemp()), small_plan(), lambda: spark)


def play(lakehouse: Lakehouse, history: Sequence[list[Order]], together: bool) -> None:
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen"), ("B", "Bonn")])
    for number, batch in enumerate(history):
        lakehouse.deliver("orders", f"{number:02}", ORDER_COLUMNS, batch)
        if not together:
            lakehouse.run()
    if together:
        lakehouse.run()


@histories_settings
@given(history=histories)
def test_silver_and_gold_are_what_a_plain_program_makes_of_the_same_rows(
    fresh: Callable[[], Lakehouse], history: list[list[Order]]
) -> None:
    history = distinct_changes(history)
    lakehouse = fresh()
    play(lakehouse, history, together=False)
    lakehouse.deliver("shops", "two", SHOP_COLUMNS, [("Z", "Zwolle")])
    lakehouse.run()

    silver = expected_silver(history, {"A", "B", "Z"})
    assert silver_rows(lakehouse) == silver
    gold = expected_gold(silver, {"A": "Aachen", "B": "Bonn", "Z": "Zwolle"})
    assert Counter({(str(row["day"]), row["city"]): row["orders"] for row in lakehouse.rows("gold.daily")}) == gold


@histories_settings
@given(history=histories)
def test_every_row_is_accounted_for_and_rejected_rows_are_in_quarantine(fresh: Callable[[], Lakehouse], history: list[list[Order]]) -> None:
    lakehouse = fresh()
    play(lakehouse, history, together=False)

    counts = lakehouse.accounted()
    assert counts.pop("read") == sum(counts.values()) == sum(len(batch) for batch in history) + 2
    rejected = Counter(row["status"] for row in lakehouse.rows("quarantine.orders"))
    assert (rejected["open"], rejected["waiting"]) == (counts["quarantined"], counts["waiting"])
    assert rejected["open"] == sum(not is_valid(order) for batch in history for order in batch)
    assert len(lakehouse.rows("silver.orders")) + len(lakehouse.rows("silver.shops")) == counts["inserted"]


@histories_settings
@given(history=histories, seed=st.integers(0, 99))
def test_the_order_and_grouping_of_batches_do_not_change_silver(
    fresh: Callable[[], Lakehouse], history: list[list[Order]], seed: int
) -> None:
    one, other = fresh(), fresh()
    shuffled = [random.Random(seed).sample(batch, len(batch)) for batch in history]
    random.Random(seed).shuffle(shuffled)
    play(one, history, together=False)
    play(other, shuffled, together=True)
    assert silver_rows(one) == silver_rows(other)
    assert one.content("gold.daily") == other.content("gold.daily")


@histories_settings
@given(history=histories)
def test_running_again_with_nothing_new_changes_no_version(fresh: Callable[[], Lakehouse], history: list[list[Order]]) -> None:
    lakehouse = fresh()
    play(lakehouse, history, together=True)
    before = lakehouse.versions()
    assert lakehouse.run().status == "nothingNew"
    assert lakehouse.versions() == before
