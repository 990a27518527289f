"""What a crash left half-done is finished, done anew or void: no row is lost, none counts twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, small_plan
from test_replay import released, shown

from lakehouse_pipeline.batches import list_batches, revert_batch
from lakehouse_pipeline.problem import LakehouseError

Make = Callable[..., Lakehouse]


def with_rejected_rows(lakehouse: Lakehouse) -> None:
    """One good order, one of an unreadable amount, one of an unreadable day, one of a shop that is not known."""
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    rows = [(1, "2013-01-01", 5, "A", 1), (2, "2013-01-02", "many", "A", 1), (3, "never", 7, "A", 1), (4, "2013-01-04", 9, "Z", 1)]
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, rows)
    lakehouse.run()


@contextmanager
def crash_at(function: str) -> Iterator[None]:
    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(f"lakehouse_pipeline.{function}", crash)
        try:
            yield
        except KeyboardInterrupt:
            return
    pytest.fail(f"{function} was not reached")


def name_of(lakehouse: Lakehouse, order: int) -> str:
    return next(str(row["row"]) for row in shown(lakehouse) if f'"id":"{order}"' in str(row["payload"]).replace(" ", ""))


def orders(lakehouse: Lakehouse) -> list[int]:
    return sorted(row["id"] for row in lakehouse.rows("silver.orders"))


def held(lakehouse: Lakehouse) -> list[str]:
    return sorted(row["status"] for row in lakehouse.rows("quarantine.orders"))


def accounts(lakehouse: Lakehouse) -> None:
    counts = lakehouse.accounted()
    assert counts["read"] == sum(value for name, value in counts.items() if name != "read")


def test_rows_that_a_crash_found_merged_are_marked_and_no_others(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=with_rejected_rows)
    with crash_at("retry.mark_replayed"):
        released(lakehouse, name_of(lakehouse, 2), amount="6")
    assert orders(lakehouse) == [1, 2]
    assert held(lakehouse) == ["open", "open", "waiting"]
    # Now another row breaks no rule either.
    assert released(lakehouse, name_of(lakehouse, 3), day="2013-01-03").accounting
    assert orders(lakehouse) == [1, 2, 3]
    assert held(lakehouse) == ["replayed", "replayed", "waiting"]
    accounts(lakehouse)


def test_a_run_finishes_a_replay_that_a_crash_left_and_retries_what_waits(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=with_rejected_rows)
    with crash_at("retry.mark_replayed"):
        released(lakehouse, name_of(lakehouse, 2), amount="6")
    lakehouse.deliver("shops", "two", SHOP_COLUMNS, [("Z", "Zwolle")])
    assert lakehouse.run().status == "published"
    assert orders(lakehouse) == [1, 2, 4]
    assert held(lakehouse) == ["open", "replayed", "replayed"]
    accounts(lakehouse)
    assert lakehouse.run().status == "nothingNew"


def test_a_retry_that_had_merged_nothing_is_done_anew(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=with_rejected_rows)
    lakehouse.deliver("shops", "two", SHOP_COLUMNS, [("Z", "Zwolle")])
    with crash_at("retry.run_work"):
        lakehouse.run()
    assert orders(lakehouse) == [1]
    lakehouse.run()
    assert orders(lakehouse) == [1, 4]
    assert held(lakehouse) == ["open", "open", "replayed"]
    accounts(lakehouse)


def test_a_replay_waits_for_the_rebuild_that_is_due(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=with_rejected_rows)
    name = name_of(lakehouse, 2)
    lakehouse.plan = small_plan(fingerprint="orders-2")
    with pytest.raises(LakehouseError, match=r"LH2210 silver\.orders: the contract or the model changed, .* run sales; then replay"):
        released(lakehouse, name, amount="6")
    lakehouse.run()
    assert released(lakehouse, name, amount="6").accounting
    assert orders(lakehouse) == [1, 2]


def test_work_of_an_epoch_that_a_rebuild_ended_is_void(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=with_rejected_rows)
    with crash_at("retry.run_work"):
        released(lakehouse, name_of(lakehouse, 2), amount="6")
    lakehouse.plan = small_plan(fingerprint="orders-2")
    lakehouse.run()
    assert orders(lakehouse) == [1, 2]
    lakehouse.deliver("shops", "two", SHOP_COLUMNS, [("Z", "Zwolle")])
    lakehouse.run()
    assert orders(lakehouse) == [1, 2, 4]
    assert lakehouse.run().status == "nothingNew"


def test_rows_that_were_rejected_before_a_crash_and_pass_after_it_leave_quarantine(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=with_rejected_rows)
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(5, "2013-01-05", 5, "Y", 1), (6, "never", 6, "A", 1)])
    with crash_at("refine._merge"):
        lakehouse.run()
    assert len(held(lakehouse)) == 5
    lakehouse.deliver("shops", "two", SHOP_COLUMNS, [("Y", "York")])
    assert lakehouse.run().status == "published"
    assert orders(lakehouse) == [1, 5]
    assert held(lakehouse) == ["open", "open", "open", "waiting"]
    accounts(lakehouse)


def test_rows_that_passed_before_a_crash_and_are_rejected_after_it_are_kept(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(filled=with_rejected_rows)
    lakehouse.deliver("shops", "two", SHOP_COLUMNS, [("Y", "York")])
    lakehouse.run()
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(5, "2013-01-05", 5, "Y", 1), (6, "never", 6, "A", 1)])
    with crash_at("refine._merge"):
        lakehouse.run()
    context, ledger = lakehouse.context()
    with closing(ledger):
        [_, second] = list_batches(context, "silver.shops")
        revert_batch(context, str(second["batch"]), "anna@desk", "it does not exist")
    lakehouse.run()
    assert orders(lakehouse) == [1]
    assert held(lakehouse) == ["open", "open", "open", "waiting", "waiting"]
    accounts(lakehouse)


def test_a_model_that_drops_rows_commits_nothing(make_lakehouse: Make) -> None:
    source = "def orders(rows):\n    return rows.where(\"id <> '2'\")\n"
    model = {"kind": "python", "file": "models/silver.orders.py", "function": "orders", "source": source, "parameters": []}
    lakehouse = make_lakehouse(small_plan(projection=model))
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 5, "A", 1), (2, "2013-01-02", 6, "A", 1)])
    with pytest.raises(LakehouseError, match=r"LH2103 silver\.orders: .*bronze has 2 rows of it but 1 came to be judged"):
        lakehouse.run()
    assert lakehouse.rows("silver.orders") == []
