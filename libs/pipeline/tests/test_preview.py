from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, small_plan

from lakehouse_pipeline.preview import preview
from lakehouse_pipeline.workload import few_rows_ahead, rows_ahead

Make = Callable[..., Lakehouse]


def previewed(lakehouse: Lakehouse) -> dict[str, tuple[object, object]]:
    """Action and reason of each table."""
    context, ledger = lakehouse.context()
    with closing(ledger):
        return {str(step["table"]): (step["action"], step["reason"]) for step in preview(context, lakehouse.landed)}


def ahead(lakehouse: Lakehouse) -> int:
    context, ledger = lakehouse.context()
    with closing(ledger):
        assert few_rows_ahead(context)
        return rows_ahead(context)


def land_all(lakehouse: Lakehouse) -> None:
    for source in lakehouse.plan.sources:
        lakehouse.land(source)


def test_what_has_landed_goes_through_all_layers(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 5, "A", 1)])
    assert {action for action, _ in previewed(lakehouse).values()} == {"nothing"}
    assert ahead(lakehouse) == 0

    land_all(lakehouse)
    assert ahead(lakehouse) == 2
    assert previewed(lakehouse) == {
        "bronze.orders": ("append", "landed and not ingested yet"),
        "bronze.shops": ("append", "landed and not ingested yet"),
        "silver.shops": ("append", "new batches in bronze.shops"),
        "silver.orders": ("append", "new batches in bronze.orders"),
        "gold.daily": ("rebuild", "the table is new"),
    }


def test_a_new_batch_recomputes_the_keys_it_touches(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 5, "A", 1)])
    lakehouse.run()
    assert {action for action, _ in previewed(lakehouse).values()} == {"nothing"}
    assert ahead(lakehouse) == 0

    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(2, "2013-01-02", 5, "A", 1)])
    land_all(lakehouse)
    assert previewed(lakehouse)["gold.daily"] == ("recompute", "changes in silver.orders")
    assert previewed(lakehouse)["silver.shops"] == ("nothing", "its origin did not change")
    assert ahead(lakehouse) == 1


def test_a_changed_contract_rebuilds_what_stands_on_it(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 5, "A", 1), (2, "2013-01-02", 5, "A", 1)])
    lakehouse.run()
    lakehouse.plan = small_plan(fingerprint="orders-2")
    assert previewed(lakehouse)["silver.orders"] == ("rebuild", "the contract or the model changed")
    assert previewed(lakehouse)["gold.daily"] == ("rebuild", "the model, the contract or an input's contract changed")
    # Two rows of bronze into silver, two of silver and one shop into gold.
    assert ahead(lakehouse) == 5
