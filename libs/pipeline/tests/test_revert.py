"""A batch that is taken out leaves the lakehouse as if it had never come."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

import pytest
from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, check, small_plan
from test_kill import DRIVER, QUICK_START, wait_for_the_leftover_jvm

from lakehouse_pipeline.batches import domain_of, list_batches, revert_batch
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.shown_quarantine import list_quarantine

Make = Callable[..., Lakehouse]
Rows = Sequence[Sequence[object]]

GOOD: dict[str, Rows] = {
    "one": [(1, "2013-01-01", 10, "A", 1), (2, "2013-01-01", 20, "A", 1), (3, "2013-01-02", 30, "A", 1), (9, "never", 1, "A", 1)],
    "two": [(4, "2013-01-03", 40, "A", 2), (2, "2013-01-01", 21, "A", 2), (5, "2013-01-03", 50, "Z", 2)],
    # After the bad one: a newer row of a key that it has, an older one, and the same values again.
    "four": [(3, "2013-01-02", 33, "A", 9), (4, "2013-01-03", 39, "A", 1), (6, "2013-01-04", 66, "A", 3)],
}
BAD: Rows = [
    *[(1, "2013-01-09", 999, "A", 5), (2, "2013-01-01", 999, "A", 5), (3, "2013-01-02", 999, "A", 5), (4, "2013-01-03", 999, "A", 5)],
    *[(6, "2013-01-04", 66, "A", 3), (7, "2013-01-05", 999, "A", 5), (8, "never", 999, "A", 5), (10, "2013-01-05", 999, "Z", 5)],
]
TABLES = ("silver.orders", "silver.shops", "gold.daily")


Pair = tuple[Lakehouse, Lakehouse]


@pytest.fixture
def filled(make_lakehouse: Make) -> Pair:
    """Two lakehouses, of which the second has met the bad batch."""
    return make_lakehouse(name="clean", filled=without_the_bad_batch), make_lakehouse(name="bad", filled=with_the_bad_batch)


def without_the_bad_batch(lakehouse: Lakehouse) -> None:
    fill(lakehouse, bad=False)


def with_the_bad_batch(lakehouse: Lakehouse) -> None:
    fill(lakehouse, bad=True)


def fill(lakehouse: Lakehouse, bad: bool) -> None:
    """Runs after each delivery; the bad one is the third."""
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    for name in ("one", "two", "three", "four"):
        if name != "three":
            lakehouse.deliver("orders", name, ORDER_COLUMNS, GOOD[name])
        elif bad:
            lakehouse.deliver("orders", name, ORDER_COLUMNS, BAD)
        lakehouse.run()


def third(lakehouse: Lakehouse) -> str:
    """The name of the bad batch."""
    return str(batches(lakehouse, "silver.orders")[2]["batch"])


def batches(lakehouse: Lakehouse, table: str | None = None) -> list[dict[str, Any]]:
    context, ledger = lakehouse.context()
    with closing(ledger):
        return list_batches(context, table)


def reverted(lakehouse: Lakehouse, batch: str) -> dict[str, Any]:
    context, ledger = lakehouse.context()
    with closing(ledger):
        assert domain_of(context, batch) == "sales"
        return revert_batch(context, batch, "anna@desk", "wrong currency")


def as_if_it_never_came(lakehouse: Lakehouse, clean: Lakehouse) -> None:
    for table in TABLES:
        assert lakehouse.content(table) == clean.content(table), table
    held = [entry for entry in quarantined(lakehouse) if entry["table"] == "silver.orders"]
    assert held == [entry for entry in quarantined(clean) if entry["table"] == "silver.orders"]
    origins = {row["_batch_id"] for row in lakehouse.rows("silver.orders")}
    assert third(lakehouse) not in origins


def quarantined(lakehouse: Lakehouse) -> list[dict[str, object]]:
    context, ledger = lakehouse.context()
    with closing(ledger):
        return list_quarantine(context)


def test_its_keys_are_what_the_other_batches_make_of_them(filled: Pair) -> None:
    clean, lakehouse = filled
    assert {row["amount"] for row in lakehouse.rows("silver.orders")} >= {999}
    batch = third(lakehouse)

    answer = reverted(lakehouse, batch)
    [table] = answer["tables"]
    counts = table["accounting"]
    assert counts["read"] == sum(value for name, value in counts.items() if name != "read")
    assert counts["updated"] == 4
    assert lakehouse.content("gold.daily") != clean.content("gold.daily")
    assert lakehouse.run().status == "published"
    as_if_it_never_came(lakehouse, clean)

    entry = next(entry for entry in batches(lakehouse, "orders") if entry["batch"] == batch)
    assert (entry["state"], entry["merged"], entry["quarantined"], entry["release"]) == ("reverted", 0, 0, None)
    assert (entry["reverted"]["by"], entry["reverted"]["reason"]) == ("anna@desk", "wrong currency")
    messages = {row["message"] for row in lakehouse.rows("ops.runs")}
    assert f"batch {batch} taken out by anna@desk: wrong currency" in messages
    counted = [row for row in lakehouse.rows("ops.row_accounting") if row["step"] == "revert"]
    assert sum(row["read"] for row in counted) == counts["read"]

    versions = lakehouse.versions()
    assert reverted(lakehouse, batch) == {"changed": False, "tables": []}
    assert lakehouse.run().status == "nothingNew"
    assert lakehouse.versions() == versions


def test_it_stays_out_of_a_rebuild_and_rows_that_wait_find_their_parent(filled: Pair) -> None:
    clean, lakehouse = filled
    reverted(lakehouse, third(lakehouse))
    for each in (clean, lakehouse):
        each.deliver("shops", "two", SHOP_COLUMNS, [("Z", "Zwolle")])
        assert each.run().status == "published"
    as_if_it_never_came(lakehouse, clean)
    for each in (clean, lakehouse):
        each.plan = small_plan(fingerprint="orders-2")
        assert each.run().status == "published"
    as_if_it_never_came(lakehouse, clean)


def test_a_batch_that_was_held_back_no_longer_holds_back(make_lakehouse: Make) -> None:
    plan = small_plan(
        checks=[
            check(
                "silver.orders/dear",
                {"kind": "aggregate", "expression": "max(amount)"},
                {"operator": "lessThan", "value": 500},
                scope="batch",
            )
        ]
    )
    lakehouse = make_lakehouse(plan)
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, GOOD["one"])
    assert lakehouse.run().status == "published"
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, BAD)
    assert lakehouse.run().status == "auditFailed"
    before = lakehouse.content("gold.daily")
    reverted(lakehouse, str(batches(lakehouse, "orders")[1]["batch"]))
    assert lakehouse.run().status == "published"
    assert lakehouse.content("gold.daily") == before


def test_a_batch_that_nobody_knows(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    context, ledger = lakehouse.context()
    with closing(ledger):
        with pytest.raises(LakehouseError, match=r"LH2207 nothing: .* Run a domain first"):
            domain_of(context, "nothing")
        with pytest.raises(LakehouseError, match=r"LH2201 gold\.daily"):
            list_batches(context, "gold.daily")


@pytest.mark.parametrize(
    "point", ["commit:silver/orders", "commit:quarantine/orders", "event:stepFinished/refine/silver.orders", "record:finish_run#1"]
)
def test_killed_half_way_it_is_finished_by_whatever_comes_next(point: str, filled: Pair) -> None:
    clean, lakehouse = filled
    batch = third(lakehouse)
    command = [sys.executable, str(DRIVER), str(lakehouse.folder), point, "revert", batch]
    process = subprocess.run(command, env={**os.environ, **QUICK_START}, capture_output=True, text=True, timeout=300, check=False)
    assert process.returncode == -signal.SIGKILL, process.stdout + process.stderr
    wait_for_the_leftover_jvm(lakehouse)
    if point.startswith("commit:silver"):
        reverted(lakehouse, batch)
    lakehouse.run()
    as_if_it_never_came(lakehouse, clean)
    assert lakehouse.run().status == "nothingNew"
