"""Gold in memory: what fits, and that readers never see rows older than the release that counts as published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lakehouse import Lakehouse
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, small_plan

from lakehouse_pipeline.conduct import Outcome
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.ledger import Ledger
from lakehouse_pipeline.metastore import Metastore
from lakehouse_pipeline.rollback import rollback
from lakehouse_pipeline.run import run
from lakehouse_pipeline.schema.plan import GoldTable, Plan
from lakehouse_pipeline.sqlite_database import SqliteDatabase
from lakehouse_pipeline.warm_gold import bytes_in_memory, hold_anew, tables_to_hold, warm_gold

CHART = {
    **{"name": "orders", "title": "Orders", "kind": "table", "table": "gold.daily", "sql": "select 1 as n", "x": None, "grain": None},
    **{"by": ["day"], "series": None, "where": None, "limit": None, "horizontal": False, "width": 12},
    "values": [{"column": "orders", "label": "orders", "format": None, "metric": None}],
}
DASHBOARD = {"name": "sales", "domain": "sales", "file": "sales.yaml", "title": "", "description": "", "filters": [], "charts": [CHART]}

# As lease.sql has it, the rest of which is PostgreSQL's own.
CATALOGUED = "create table if not exists catalogued (table_name text primary key, location text not null)"


def charted(plan: Plan) -> Plan:
    """The plan with a dashboard on gold.daily."""
    return Plan.model_validate({**plan.model_dump(by_alias=True), "dashboards": [DASHBOARD]})


class Shop:
    """A lakehouse whose gold goes by name in a Spark that several sessions share, as on the query server."""

    def __init__(self, lakehouse: Lakehouse, spark: SparkSession, memory: int) -> None:
        self.lakehouse = lakehouse
        self.spark = spark
        self.reader = spark.newSession()
        database = SqliteDatabase(lakehouse.home.path / "catalog.db", CATALOGUED)
        self.catalog = Metastore(database, memory)

    def do(self, work: Callable[[Context], Outcome]) -> Outcome:
        context, ledger = self.lakehouse.context()
        with closing(ledger):
            return work(replace(context, catalog=self.catalog))

    def run(self) -> Outcome:
        return self.do(lambda context: run(context, self.lakehouse.land))

    def seen(self) -> int:
        """The orders that another session is told of."""
        return int(self.reader.sql("select sum(orders) from gold.daily").collect()[0][0])

    @property
    def holds(self) -> int:
        """Tables in Spark's memory."""
        storage: Any = self.spark.sparkContext._jsc
        return sum("gold.daily" in str(info.name()) for info in storage.sc().getRDDStorageInfo())


@pytest.fixture
def make_shop(make_lakehouse: Callable[..., Lakehouse], spark: SparkSession) -> Any:
    def make(memory: int = 1024 * 1024) -> Shop:
        lakehouse = make_lakehouse(charted(small_plan()))
        lakehouse.home.path.mkdir(parents=True, exist_ok=True)
        lakehouse.deliver("shops", "all", SHOP_COLUMNS, [("A", "Aachen")])
        lakehouse.deliver("orders", "1", ORDER_COLUMNS, [(1, "2013-01-01", 1, "A", 1)])
        return Shop(lakehouse, spark, memory)

    yield make
    for table in ("gold.daily", "silver.orders", "silver.shops", "bronze.orders", "bronze.shops", "quarantine.orders"):
        spark.sql(f"drop table if exists {table}")


def test_readers_see_a_release_as_soon_as_it_counts(make_shop: Callable[..., Shop], monkeypatch: pytest.MonkeyPatch) -> None:
    shop = make_shop()
    seen: list[int] = []
    finish = Ledger.finish_release

    def finish_release(self: Ledger, *arguments: Any) -> None:
        finish(self, *arguments)
        seen.append(shop.seen())

    monkeypatch.setattr(Ledger, "finish_release", finish_release)
    shop.run()
    assert shop.holds == 1
    shop.lakehouse.deliver("orders", "2", ORDER_COLUMNS, [(2, "2013-01-02", 1, "A", 1), (3, "2013-01-02", 1, "A", 1)])
    shop.run()
    # Left alone, Spark goes on to answer with the rows from before a RESTORE.
    shop.do(rollback)
    # And it never lets go of a table that was overwritten with another schema.
    shop.lakehouse.plan = charted(small_plan(fingerprint="orders-2"))
    shop.run()
    assert seen == [1, 3, 1, 3]
    assert shop.holds == 1


def test_what_does_not_fit_is_read_from_the_store(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(memory=20)
    shop.run()
    assert (shop.holds, shop.seen()) == (0, 1)


def test_what_a_restart_lost_and_what_was_rewritten_is_held_again(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop()
    shop.run()
    shop.catalog.let_go(shop.spark, ["gold.daily"])
    assert shop.holds == 0

    def warm(context: Context) -> Outcome:
        assert warm_gold(context) == ["gold.daily"]
        return Outcome("nothingNew")

    def rewrite(context: Context) -> Outcome:
        shop.spark.sql("update gold.daily set orders = 5")
        hold_anew(context, ["gold.daily"])
        return Outcome("nothingNew")

    shop.do(warm)
    assert (shop.holds, shop.seen()) == (1, 1)
    shop.do(rewrite)
    assert (shop.holds, shop.seen()) == (1, 5)


def test_a_table_that_cannot_be_held_is_published_all_the_same(make_shop: Callable[..., Shop], monkeypatch: pytest.MonkeyPatch) -> None:
    shop = make_shop()

    def fails(*_: object) -> None:
        raise PySparkException("no room")

    monkeypatch.setattr(shop.catalog, "hold", fails)
    assert shop.run().status == "published"
    assert [event["code"] for event in shop.lakehouse.events if event["event"] == "problem"] == ["LH2130"]
    assert (shop.holds, shop.seen()) == (0, 1)


@settings(deadline=None)
@given(st.dictionaries(st.text(min_size=1), st.integers(0, 100)), st.integers(0, 300))
def test_as_many_tables_as_fit_are_held(sizes: Mapping[str, int], budget: int) -> None:
    chosen = tables_to_hold(sizes, budget)
    held = sum(sizes[name] for name in chosen)
    assert held <= budget
    left = [size for name, size in sizes.items() if name not in chosen]
    assert not left or min(left) >= max((sizes[name] for name in chosen), default=0)
    assert not left or held + min(left) > budget


def test_a_row_takes_what_its_columns_take() -> None:
    [gold] = [table for table in small_plan().tables if isinstance(table, GoldTable)]
    # day date, city string, orders bigint, amount bigint
    assert bytes_in_memory(gold, 1000) == 1000 * (4 + 20 + 8 + 8)
