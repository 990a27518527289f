"""The task of the daily checks, without Spark: it needs tables that exist, and a gate."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pyarrow as pa
import pytest
from deltalake import write_deltalake
from lakehouse import Lakehouse
from test_gate import ScriptedGate

from lakehouse_pipeline.gate.client import GateError
from lakehouse_pipeline.gate.gate import GateResult, NoGate
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.quality import quality
from lakehouse_pipeline.shown_audit import show_audit
from lakehouse_pipeline.task_steps import Done, daily_step, record_step

ODD = GateResult("daily/silver.orders/odd", False, "error", 1.0, "= 0", "odd: error")


@pytest.fixture
def lakehouse(make_lakehouse: Callable[..., Lakehouse]) -> Lakehouse:
    made = make_lakehouse()
    for table in ("silver.orders", "gold.daily"):
        write_deltalake(made.home.warehouse.location(table), pa.table({"id": [1]}))
    made.gate = ScriptedGate({"daily silver.orders": ODD})
    return made


def done(lakehouse: Lakehouse, run: str) -> Done:
    context, ledger = lakehouse.context(run)
    with closing(ledger):
        return daily_step(context)


def test_each_table_that_exists_is_checked_and_what_fails_blocks_nothing(lakehouse: Lakehouse) -> None:
    ended = done(lakehouse, "day-1")
    assert (ended.status, ended.has_failed) == ("checked", False)
    assert (ended.facts["tables"], ended.facts["failed"]) == (["silver.orders", "gold.daily"], ["daily/silver.orders/odd"])
    context, ledger = lakehouse.context("day-1")
    with closing(ledger):
        record_step(context)
        assert sorted(row["check_id"] for row in lakehouse.rows("ops.checks")) == ["daily/gold.daily/rows", "daily/silver.orders/odd"]
        assert [row["status"] for row in lakehouse.rows("ops.runs")] == ["checked"]
        # DQOps opens incidents for its daily checks by itself.
        assert lakehouse.rows("ops.incidents") == []
        entries = {entry["table"]: entry for entry in quality(replace(context, run="r"), None)["tables"]}  # type: ignore[attr-defined]
        assert (entries["silver.orders"]["verdict"], entries["silver.orders"]["kpi"]) == (None, 0)
        checks = show_audit(context, "day-1", 0)["checks"]
        assert isinstance(checks, list)
        assert (checks[0]["check"], checks[0]["sql"]) == ("daily/silver.orders/odd", None)


def test_a_second_attempt_replaces_what_the_first_one_found(lakehouse: Lakehouse) -> None:
    done(lakehouse, "day-1")
    lakehouse.gate = ScriptedGate()
    assert done(lakehouse, "day-1").facts["failed"] == []
    context, ledger = lakehouse.context("day-1")
    with closing(ledger):
        assert [row["passed"] for row in context.ledger.rows("select passed from check_results where run = 'day-1'")] == [1, 1]


def test_a_server_that_cannot_be_asked_fails_the_task(lakehouse: Lakehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_: object) -> list[GateResult]:
        raise GateError("the server does not answer.")

    monkeypatch.setattr(lakehouse.gate, "check_daily", silent, raising=False)
    with pytest.raises(LakehouseError, match=r"LH2125 sales: .*the server does not answer"):
        done(lakehouse, "day-1")


def test_without_dqops_there_is_nothing_to_do(lakehouse: Lakehouse) -> None:
    lakehouse.gate = NoGate()
    assert (done(lakehouse, "day-1").status, done(lakehouse, "day-1").changed) == ("nothingNew", False)
