from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing

import pytest
from lakehouse import Lakehouse
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StructType
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, small_plan

from lakehouse_pipeline.accounting import Accounting
from lakehouse_pipeline.inspection import query
from lakehouse_pipeline.mend import typed_values
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.replay import replay
from lakehouse_pipeline.retry import Released
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.shown_quarantine import list_quarantine, show_quarantine

Make = Callable[..., Lakehouse]


def released(lakehouse: Lakehouse, row: str | None = None, **values: str) -> Released:
    context, ledger = lakehouse.context()
    with closing(ledger):
        table = context.tables["silver.orders"]
        assert isinstance(table, SilverTable)
        return replay(context, table, None, row, values)


def replayed(lakehouse: Lakehouse, row: str | None = None, **values: str) -> dict[str, int]:
    found = released(lakehouse, row, **values).accounting
    return found.as_event() if found else Accounting().as_event()


def shown(lakehouse: Lakehouse) -> list[dict[str, object]]:
    context, ledger = lakehouse.context()
    with closing(ledger):
        table = context.tables["silver.orders"]
        assert isinstance(table, SilverTable)
        return show_quarantine(context, table, None, 10)


def test_a_mended_row_is_merged_once_and_survives_a_rebuild(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 5, "A", 1), (2, "2013-01-02", "many", "A", 1)])
    lakehouse.run()
    assert replayed(lakehouse)["read"] == 0
    [entry] = shown(lakehouse)
    assert entry["rules"] == ["silver.orders/amount/type"]
    assert json.loads(str(entry["payload"]))["amount"] == "many"

    assert replayed(lakehouse, str(entry["row"]), amount="7")["inserted"] == 1
    assert replayed(lakehouse)["read"] == 0
    assert lakehouse.run().status == "published"
    assert sorted(row["amount"] for row in lakehouse.rows("silver.orders")) == [5, 7]
    assert sum(row["amount"] for row in lakehouse.rows("gold.daily")) == 12

    lakehouse.plan = small_plan(fingerprint="orders-2")
    assert lakehouse.run().status == "published"
    assert sorted(row["amount"] for row in lakehouse.rows("silver.orders")) == [5, 7]
    context, ledger = lakehouse.context()
    with closing(ledger):
        counts = next(entry for entry in list_quarantine(context) if entry["table"] == "silver.orders")
    assert (counts["open"], counts["replayed"]) == (0, 1)


def test_a_replay_that_changes_nothing_keeps_its_counts_through_a_crash(make_lakehouse: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(2, "2013-01-02", "many", "A", 1)])
    lakehouse.run()
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(2, "2013-01-02", 7, "A", 1)])
    lakehouse.run()
    [entry] = shown(lakehouse)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("lakehouse_pipeline.ledger.Ledger.finish_refine", crash)
        with pytest.raises(KeyboardInterrupt):
            replayed(lakehouse, str(entry["row"]), amount="7")
    before = lakehouse.accounted()
    lakehouse.run()
    assert lakehouse.accounted() == {**before, "read": before["read"] + 1, "unchanged": before["unchanged"] + 1}
    assert [row["status"] for row in lakehouse.rows("quarantine.orders")] == ["replayed"]


def test_mending_names_what_it_does_not_know(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "never", 5, "A", 1)])
    lakehouse.run()
    [entry] = shown(lakehouse)
    with pytest.raises(LakehouseError, match=r"LH2202 .* has no column dy\. It has: id, day"):
        replayed(lakehouse, str(entry["row"]), dy="2013-01-01")
    with pytest.raises(LakehouseError, match="no open row is named nobody"):
        replayed(lakehouse, "nobody", day="2013-01-01")


def test_a_replay_says_how_many_rows_still_break_each_rule(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    rows = [(1, "never", "many", "A", 1), (2, "2013-01-02", "many", "A", 1), (3, "2013-01-03", 1, "Z", 1), (4, "2013-01-04")]
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, rows)
    lakehouse.run()
    names = {json.loads(str(entry["payload"]))["id"]: str(entry["row"]) for entry in shown(lakehouse) if entry["reason"] is None}
    assert dict(released(lakehouse).broken) == {
        "silver.orders/amount/type": 2,
        "silver.orders/day/type": 1,
        "silver.orders/malformed": 1,
    }

    assert dict(released(lakehouse, names["1"], day="2013-01-01").broken) == {"silver.orders/amount/type": 1}
    assert released(lakehouse, names["2"], amount="7").broken == {}
    assert dict(released(lakehouse, names["3"]).broken) == {"silver.orders/shop/references": 1}


def test_a_row_that_waits_can_be_mended_to_another_parent(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 5, "Z", 1)])
    lakehouse.run()
    [entry] = shown(lakehouse)
    assert entry["status"] == "waiting"
    assert replayed(lakehouse, str(entry["row"]), shop="A")["inserted"] == 1
    assert [row["shop"] for row in lakehouse.rows("silver.orders")] == ["A"]
    lakehouse.deliver("shops", "two", SHOP_COLUMNS, [("Z", "Zwolle")])
    lakehouse.run()
    assert [row["shop"] for row in lakehouse.rows("silver.orders")] == ["A"]


def test_a_row_that_could_not_be_read_is_mended_by_naming_its_values(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 5, "A", 1), (4, "2013-01-04", 9)])
    lakehouse.run()
    [entry] = shown(lakehouse)
    assert entry["rules"] == ["silver.orders/malformed"]

    assert replayed(lakehouse, str(entry["row"]), id="4", amount="9")["read"] == 0
    [entry] = shown(lakehouse)
    assert (entry["rules"], entry["reason"]) == (["silver.orders/day/required"], None)
    assert replayed(lakehouse, str(entry["row"]), day="2013-01-04")["inserted"] == 1

    lakehouse.plan = small_plan(fingerprint="orders-2")
    assert lakehouse.run().status == "published"
    rows = sorted((row["id"], row["amount"], row["shop"]) for row in lakehouse.rows("silver.orders"))
    assert rows == [(1, 5, "A"), (4, 9, None)]


def test_a_file_that_could_not_be_read_is_not_mended_as_a_row(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 5, "A", 1)])
    (lakehouse.drop / "orders" / "two.csv.gz").write_bytes(b"\x1f\x8b no gzip")
    lakehouse.run()
    [entry] = shown(lakehouse)
    with pytest.raises(
        LakehouseError, match=r"LH2202 .* stands for the whole file orders/two\.csv\.gz, which could not be read .*deliver it again"
    ):
        released(lakehouse, str(entry["row"]), id="1")


def test_mended_values_have_the_types_of_their_columns(spark: SparkSession) -> None:
    kinds = StructType.fromDDL("n bigint, at timestamp, day date, price decimal(10,2), ok boolean, name string")
    assert isinstance(kinds, StructType)
    values = {"n": "7", "at": "2013-01-01 12:30:00", "day": "2013-01-02", "price": "1.50", "ok": "true", "name": "x"}
    typed = typed_values(spark, "silver.orders", kinds, values)
    read = spark.createDataFrame([(json.dumps(typed),)], "row string").select(F.from_json("row", kinds).alias("row")).select("row.*")
    assert read.selectExpr(*[f"cast({name} as string)" for name in kinds.names]).collect()[0].asDict() == values
    assert typed_values(spark, "silver.orders", kinds, {"n": "", "name": ""}) == {"n": None, "name": None}
    with pytest.raises(LakehouseError, match=r"LH2202 silver\.orders: 'seven' is no bigint, as n is"):
        typed_values(spark, "silver.orders", kinds, {"n": "seven"})


def test_a_query_reads_tables_and_changes_none(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.run("silver")
    context, ledger = lakehouse.context()
    with closing(ledger):
        answer = query(context, "select city, count(*) as shops from silver.shops group by city")
        assert answer == {"columns": [{"name": "city", "type": "string"}, {"name": "shops", "type": "bigint"}], "rows": [["Aachen", 1]]}
        for statement in (
            "drop table silver.shops",
            "delete from silver.shops",
            "set x = 1",
            "-- select\ninsert into silver.shops select 1",
        ):
            with pytest.raises(LakehouseError, match="LH2203"):
                query(context, statement)
        with pytest.raises(LakehouseError, match="LH2205 query"):
            query(context, "with x as (select 'C' as shop, 'D' as city) insert into silver.shops select shop, city, 'b', 1 from x")
        assert len(lakehouse.rows("silver.shops")) == 1
        with pytest.raises(LakehouseError, match=r"LH2205 query: .*`town` cannot be resolved"):
            query(context, "select town from silver.shops")
        assert query(context, "select struct(city, array(1.5) as sizes) as place from silver.shops")["rows"] == [
            [{"city": "Aachen", "sizes": [1.5]}]
        ]
        with pytest.raises(LakehouseError, match=r"LH2204 silver\.cities: there is no such table yet\. There are: silver\.shops"):
            query(context, "select * from silver.cities")
