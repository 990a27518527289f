"""The reasons of rows in quarantine are those of now: they change with the parents and with what a person mends."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, small_plan

from lakehouse_pipeline.replay import replay
from lakehouse_pipeline.schema.plan import SilverTable

Make = Callable[..., Lakehouse]

TYPE = "silver.orders/amount/type"
REFERENCES = "silver.orders/shop/references"


def start(lakehouse: Lakehouse) -> None:
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 5, "A", 1), (2, "2013-01-02", "many", "Z", 1)])
    lakehouse.run()


def mend(lakehouse: Lakehouse, row: str, **values: str) -> None:
    context, ledger = lakehouse.context()
    with closing(ledger):
        table = context.tables["silver.orders"]
        assert isinstance(table, SilverTable)
        replay(context, table, None, row, values)


def reasons(lakehouse: Lakehouse) -> list[tuple[str, list[str]]]:
    return [(row["status"], row["rules"]) for row in lakehouse.rows("quarantine.orders")]


def name(lakehouse: Lakehouse) -> str:
    [row] = lakehouse.rows("quarantine.orders")
    return ":".join(str(row[part]) for part in ("_batch_id", "_source_file", "_source_row"))


def test_a_row_that_breaks_another_rule_too_loses_the_reference_when_its_parent_comes(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    assert reasons(lakehouse) == [("open", [TYPE, REFERENCES])]

    lakehouse.deliver("shops", "two", SHOP_COLUMNS, [("Z", "Zwolle")])
    assert lakehouse.run().status == "published"
    assert reasons(lakehouse) == [("open", [TYPE])]
    assert lakehouse.run().status == "nothingNew"

    mend(lakehouse, name(lakehouse), amount="7")
    assert reasons(lakehouse) == [("replayed", [TYPE])]


def test_a_row_that_was_mended_but_for_its_parent_waits_for_it(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    mend(lakehouse, name(lakehouse), amount="7")
    assert reasons(lakehouse) == [("waiting", [REFERENCES])]
    lakehouse.run()

    lakehouse.deliver("shops", "two", SHOP_COLUMNS, [("Z", "Zwolle")])
    lakehouse.run()
    assert sorted(row["amount"] for row in lakehouse.rows("silver.orders")) == [5, 7]
    assert [status for status, _ in reasons(lakehouse)] == ["replayed"]


def test_a_row_that_was_mended_in_part_is_kept_so_by_a_rebuild(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    start(lakehouse)
    mend(lakehouse, name(lakehouse), amount="7")
    lakehouse.plan = small_plan(fingerprint="orders-2")
    lakehouse.run()
    assert reasons(lakehouse) == [("waiting", [REFERENCES])]

    lakehouse.plan = small_plan(fingerprint="orders-3", rowRules=small_plan().model_dump(by_alias=True)["tables"][1]["rowRules"][:-1])
    lakehouse.run()
    assert sorted(row["amount"] for row in lakehouse.rows("silver.orders")) == [5, 7]
    assert [status for status, _ in reasons(lakehouse)] == ["replayed"]
    lakehouse.plan = small_plan(fingerprint="orders-4", rowRules=lakehouse.plan.model_dump(by_alias=True)["tables"][1]["rowRules"])
    lakehouse.run()
    assert sorted(row["amount"] for row in lakehouse.rows("silver.orders")) == [5, 7]
