"""Quarantine by rule in ops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS

from lakehouse_pipeline.record_quarantine import record_quarantine, rows_by_rule

rows = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["open", "waiting"]), st.lists(st.sampled_from("xyz"), unique=True)), max_size=20
)


@settings(deadline=None)
@given(rows)
def test_each_rule_is_counted_for_each_row_that_breaks_it(held: list[tuple[str, str, list[str]]]) -> None:
    batches, statuses, rules = ([row[place] for row in held] for place in range(3))
    columns = {"_batch_id": pa.array(batches, pa.string()), "status": pa.array(statuses, pa.string())}
    counts = rows_by_rule(pa.table({**columns, "rules": pa.array(rules, pa.list_(pa.string()))})).to_pylist()
    expected = Counter((batch, rule, status) for batch, status, broken in held for rule in broken)
    assert {(row["batch"], row["rule"], row["status"]): row["rows"] for row in counts} == expected


def test_ops_has_what_lies_in_quarantine(make_lakehouse: Callable[..., Lakehouse]) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "1", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "1", ORDER_COLUMNS, [(1, "2013-01-01", 1, "A", 1), ("", "never", 1, "A", 1), (2, "2013-01-01", 1, "Z", 1)])
    lakehouse.run()

    def counted() -> dict[tuple[str, str], int]:
        return {(row["rule"], row["status"]): row["rows"] for row in lakehouse.rows("ops.quarantine")}

    broken = {"silver.orders/id/required": "open", "silver.orders/day/type": "open", "silver.orders/shop/references": "waiting"}
    assert {rule: status for rule, status in counted() if "required" not in rule or "/id/" in rule} == broken
    assert set(counted().values()) == {1}
    # Its parent arrives.
    lakehouse.deliver("shops", "2", SHOP_COLUMNS, [("Z", "Zwolle")])
    lakehouse.run()
    assert counted()["silver.orders/shop/references", "replayed"] == 1
    version = lakehouse.versions()["ops.quarantine"]
    context, ledger = lakehouse.context()
    with closing(ledger):
        record_quarantine(context)
    assert lakehouse.versions()["ops.quarantine"] == version
