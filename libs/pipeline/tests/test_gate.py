"""What a gate's verdict does to a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS
from stepwise import do_step

from lakehouse_pipeline.gate.gate import GateResult
from lakehouse_pipeline.gate.verdict import not_judged
from lakehouse_pipeline.quality import quality

SHOPS = [["s1", "Berlin"], ["s2", "Paris"]]
ORDERS = [[1, "2026-01-01", 10, "s1", 1], [2, "2026-01-02", 20, "s2", 1]]


@dataclass
class ScriptedGate:
    """Says of a table what a test wants it to say, and remembers what it was asked."""

    verdicts: dict[str, GateResult] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return False

    @property
    def note(self) -> str:
        return ""

    def judge(self, run: str, plan: str, table: str) -> Sequence[GateResult]:  # noqa: ARG002
        self.asked.append(table)
        return [self.verdicts.get(table, GateResult(f"dqops/{table}/rows", True, "error", None, "> 0", "rows"))]

    def check_daily(self, run: str, plan: str, table: str) -> Sequence[GateResult]:  # noqa: ARG002
        return [self.verdicts.get(f"daily {table}", GateResult(f"daily/{table}/rows", True, "error", None, "> 0", "rows"))]


@pytest.fixture
def lakehouse(make_lakehouse: Callable[..., Lakehouse]) -> Lakehouse:
    made = make_lakehouse()
    made.gate = ScriptedGate()
    made.deliver("shops", "shops", SHOP_COLUMNS, SHOPS)
    made.deliver("orders", "orders", ORDER_COLUMNS, ORDERS)
    return made


def gate_of(lakehouse: Lakehouse) -> ScriptedGate:
    assert isinstance(lakehouse.gate, ScriptedGate)
    return lakehouse.gate


def test_every_changed_table_and_every_candidate_is_judged(lakehouse: Lakehouse) -> None:
    assert lakehouse.run().status == "published"
    assert sorted(gate_of(lakehouse).asked) == ["silver.orders", "silver.shops", "staging.daily"]
    gate_of(lakehouse).asked.clear()
    lakehouse.deliver("orders", "more", ORDER_COLUMNS, [[3, "2026-01-03", 5, "s1", 1]])
    assert lakehouse.run().status == "published"
    assert sorted(gate_of(lakehouse).asked) == ["silver.orders", "staging.daily"]


@pytest.mark.parametrize("table", ["silver.orders", "staging.daily"])
def test_a_gate_that_cannot_judge_holds_gold_back_until_it_can(lakehouse: Lakehouse, table: str) -> None:
    gate_of(lakehouse).verdicts[table] = not_judged(table, "the server does not answer.")
    for _ in range(3):
        outcome = lakehouse.run()
        assert outcome.status == "auditFailed"
        assert lakehouse.rows("gold.daily") == []
        assert [result.description for result in outcome.results if result.blocks] == [
            f"DQOps could not judge {table}: the server does not answer."
        ]
    del gate_of(lakehouse).verdicts[table]
    assert lakehouse.run().status == "published"
    assert len(lakehouse.rows("gold.daily")) == 2


def test_a_failed_check_leaves_published_rows_as_they_are(lakehouse: Lakehouse) -> None:
    lakehouse.run()
    before = lakehouse.content("gold.daily")
    gate_of(lakehouse).verdicts["staging.daily"] = GateResult("dqops/staging.daily/sums", False, "error", 7.0, "= 0", "sums")
    lakehouse.deliver("orders", "more", ORDER_COLUMNS, [[3, "2026-01-03", 5, "s1", 1]])
    assert lakehouse.run().status == "auditFailed"
    assert lakehouse.content("gold.daily") == before
    failed = [row for row in lakehouse.rows("ops.checks") if row["check_id"] == "dqops/staging.daily/sums"]
    assert [(row["table_name"], row["passed"], row["actual"], row["expected"]) for row in failed] == [("gold.daily", False, 7.0, "= 0")]


def test_a_warning_is_recorded_and_blocks_nothing(lakehouse: Lakehouse) -> None:
    gate_of(lakehouse).verdicts["silver.orders"] = GateResult("dqops/silver.orders/odd", False, "warning", 1.0, "= 0", "odd")
    outcome = lakehouse.run()
    assert outcome.status == "published"
    assert [(result.check, result.passed) for result in outcome.results if result.severity == "warning"] == [
        ("dqops/silver.orders/odd", False)
    ]


def test_daily_checks_are_recorded_and_block_nothing(lakehouse: Lakehouse) -> None:
    lakehouse.run()
    odd = GateResult("daily/silver.orders/odd", False, "error", 1.0, "= 0", "odd: error")
    gate_of(lakehouse).verdicts["daily silver.orders"] = odd
    versions = lakehouse.versions()
    done = do_step(lakehouse, "check", "day-1")
    assert (done.status, done.facts["judged"], done.facts["failed"]) == ("checked", 3, ["daily/silver.orders/odd"])
    do_step(lakehouse, "record", "day-1")
    daily = [row for row in lakehouse.rows("ops.checks") if row["run"] == "day-1"]
    assert sorted(row["table_name"] for row in daily) == ["gold.daily", "silver.orders", "silver.shops"]
    assert [row["status"] for row in lakehouse.rows("ops.runs") if row["run"] == "day-1"] == ["checked"]
    assert lakehouse.run().status == "nothingNew"
    after = lakehouse.versions()
    assert {table for table in after if after[table] != versions.get(table)} <= {"ops.runs", "ops.checks", "ops.quality"}
    context, ledger = lakehouse.context()
    with closing(ledger):
        tables = quality(context, "silver.orders")["tables"]
    assert isinstance(tables, list)
    assert tables[0]["verdict"]["state"] == "passed"
    assert tables[0]["kpi"] < 100
