from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import pytest
from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, small_plan

from lakehouse_pipeline import maintain as module
from lakehouse_pipeline.maintain import maintain

Make = Callable[..., Lakehouse]


def maintained(lakehouse: Lakehouse, dry_run: bool, **changes: Any) -> list[tuple[object, object]]:
    context, ledger = lakehouse.context()
    with closing(ledger):
        return [(action["table"], action["action"]) for action in maintain(replace(context, **changes), dry_run)]


def test_small_files_are_compacted_and_the_next_run_has_nothing_to_do(make_lakehouse: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SMALL_FILES", 2)
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    for number in range(3):
        lakehouse.deliver("orders", str(number), ORDER_COLUMNS, [(number, f"2013-01-0{number + 1}", 1, "A", 1)])
        lakehouse.run()
    before = lakehouse.versions()

    planned = maintained(lakehouse, dry_run=True)
    assert ("bronze.orders", "compact") in planned
    assert lakehouse.versions() == before
    content = {table: lakehouse.content(table) for table in ("bronze.orders", "silver.orders", "gold.daily")}
    assert maintained(lakehouse, dry_run=False) == planned
    assert maintained(lakehouse, dry_run=True) == []
    assert {table: lakehouse.content(table) for table in content} == content
    assert lakehouse.run().status == "nothingNew"


def test_rows_past_their_retention_are_deleted_and_gold_follows(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(small_plan(retention={"column": "day", "days": 365}))
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2011-01-01", 1, "A", 1), (2, "2013-01-01", 1, "A", 1)])
    lakehouse.run()

    moment = datetime(2013, 6, 1, tzinfo=timezone.utc)
    assert maintained(lakehouse, dry_run=False, as_of=moment) == [("silver.orders", "expire")]
    assert [row["id"] for row in lakehouse.rows("silver.orders")] == [2]
    assert lakehouse.run().status == "published"
    assert [str(row["day"]) for row in lakehouse.rows("gold.daily")] == ["2013-01-01"]
    assert lakehouse.run().status == "nothingNew"


def test_nothing_inside_the_rollback_window_is_freed(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    for amount in (1, 2):
        lakehouse.deliver("orders", str(amount), ORDER_COLUMNS, [(1, "2013-01-01", amount, "A", amount)])
        lakehouse.run()
    assert maintained(lakehouse, dry_run=False) == []
