"""A batch is published only after each of its checks was measured, whenever the check was written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, check, small_plan

Make = Callable[..., Lakehouse]

FAILS_ALWAYS = check("silver.orders/never", {"kind": "aggregate", "expression": "1"}, {"operator": "equal", "value": 0})


def total_below(limit: int, expression: str = "sum(amount)") -> dict[str, Any]:
    measure = {"kind": "aggregate", "expression": expression}
    return check("silver.orders/total", measure, {"operator": "lessThan", "value": limit}, scope="batch")


def held_back(lakehouse: Lakehouse) -> None:
    """One batch that is refined and not released."""
    lakehouse.plan = small_plan(checks=[FAILS_ALWAYS, total_below(1000)])
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 5, "A", 1), (2, "2013-01-02", 6, "A", 1)])
    assert lakehouse.run().status == "auditFailed"


def failed_checks(lakehouse: Lakehouse) -> dict[str, float | None]:
    return {result.check: result.actual for result in lakehouse.run().results if not result.passed}


def test_a_check_that_is_written_after_its_batch_was_refined_judges_it(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=held_back)
    most = check("silver.orders/most", {"kind": "query", "sql": "select max(amount) from ${table}"}, {"operator": "equal", "value": 5})
    lakehouse.plan = small_plan(checks=[total_below(1000), {**most, "scope": "batch"}])
    assert failed_checks(lakehouse) == {"silver.orders/most": 6}
    lakehouse.plan = small_plan(checks=[total_below(1000), {**most, "scope": "batch", "comparison": {"operator": "equal", "value": 6}}])
    assert lakehouse.run().status == "published"


def test_a_check_that_measures_something_else_now_judges_by_the_new_number(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=held_back)
    lakehouse.plan = small_plan(checks=[total_below(1000, "1000 * sum(amount)")])
    assert failed_checks(lakehouse) == {"silver.orders/total": 11000}


def test_a_batch_without_rows_is_measured_too(make_lakehouse: Make) -> None:
    count = check("silver.orders/count", {"kind": "aggregate", "expression": "count(*)"}, {"operator": "greaterThan", "value": 0})
    lakehouse = make_lakehouse(small_plan(checks=[{**count, "scope": "batch"}]))
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01")])
    assert failed_checks(lakehouse) == {"silver.orders/count": 0}
