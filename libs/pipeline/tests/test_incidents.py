"""Incidents: opened by the first failed check, standing until it passes, the same in both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from lakehouse import Lakehouse
from ledgers import address, open_database, server  # noqa: F401
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, check, small_plan
from test_gate import ScriptedGate

from lakehouse_pipeline.database import Database
from lakehouse_pipeline.gate.verdict import not_judged
from lakehouse_pipeline.incidents import Failure, downstream, list_incidents, note_verdict, set_status
from lakehouse_pipeline.ledger import Ledger, ledger_schema
from lakehouse_pipeline.quality_kpi import kpis
from lakehouse_pipeline.sqlite_database import SqliteDatabase

Make = Callable[..., Lakehouse]
LATE = Failure("silver.orders", "timeliness", "silver.orders/fresh", "it is late")
EMPTY = Failure("silver.orders", None, "silver.orders/rows", "there are rows")


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    database: Database
    if request.param == "sqlite":
        database = SqliteDatabase(tmp_path / "ledger.sqlite", ledger_schema())
    else:
        database = open_database(request.getfixturevalue("address"))
    yield Ledger(database)
    database.close()


def states(ledger: Ledger) -> list[tuple[str, str, str]]:
    rows = sorted(list_incidents(ledger, standing_only=False), key=lambda row: str(row["id"]))
    return [(row["dimension"], row["status"], row["run"]) for row in rows]


def test_one_incident_stands_for_what_fails_run_after_run(ledger: Ledger) -> None:
    note_verdict(ledger, "sales", "r1", ["silver.orders"], [LATE, EMPTY])
    for run in ("r2", "r3", "r4", "r5"):
        note_verdict(ledger, "sales", run, ["silver.orders"], [LATE])
    assert states(ledger) == [("other", "resolved", "r1"), ("timeliness", "open", "r5")]
    [standing] = list_incidents(ledger)
    assert standing["first_seen"] <= standing["last_seen"]
    note_verdict(ledger, "sales", "r6", ["silver.orders"], [])
    note_verdict(ledger, "sales", "r7", ["silver.orders"], [LATE])
    assert states(ledger) == [("other", "resolved", "r1"), ("timeliness", "resolved", "r5"), ("timeliness", "open", "r7")]


def test_one_that_a_person_knows_of_stays_known_until_it_is_resolved(ledger: Ledger) -> None:
    note_verdict(ledger, "sales", "r1", ["silver.orders"], [LATE])
    [standing] = list_incidents(ledger)
    assert set_status(ledger, standing["id"], "acknowledged", "anna@desk")
    note_verdict(ledger, "sales", "r2", ["silver.orders"], [LATE])
    [standing] = list_incidents(ledger)
    assert (standing["status"], standing["by_whom"]) == ("acknowledged", "anna@desk")
    assert set_status(ledger, standing["id"], "resolved", "anna@desk")
    assert list_incidents(ledger) == []
    assert not set_status(ledger, standing["id"], "acknowledged", "anna@desk")


def test_tables_that_were_not_judged_are_left_alone(ledger: Ledger) -> None:
    note_verdict(ledger, "sales", "r1", ["silver.orders"], [LATE])
    note_verdict(ledger, "sales", "r2", ["silver.shops"], [])
    note_verdict(ledger, "sales", "r3", [], [])
    assert states(ledger) == [("timeliness", "open", "r1")]


def test_gold_that_is_made_of_a_table_is_behind_it() -> None:
    plan = small_plan()
    assert downstream(plan, "silver.shops") == ["gold.daily"]
    assert downstream(plan, "gold.daily") == ["gold.daily"]
    assert downstream(plan, "silver.nothing") == []


def test_quality_is_counted_by_table_dimension_and_day(ledger: Ledger) -> None:
    def result(check_id: str, passed: int, severity: str, dimension: str | None, moment: str) -> tuple[object, ...]:
        return ("r1", "silver.orders", None, check_id, passed, severity, dimension, None, "= 0", "", moment)

    first, second = "2026-03-01T23:59:00.000+00:00", "2026-03-02T00:01:00.000+00:00"
    ledger.add_check_results(
        [
            *(result("a", 1, "error", "validity", first), result("b", 0, "error", "validity", first)),
            *(result("c", 0, "warning", "validity", first), result("d", 1, "error", None, second)),
        ]
    )
    found = kpis(ledger, small_plan(), ["2026-03-01", "2026-03-02"])
    assert [(kpi.day, kpi.dimension, kpi.team, kpi.judged, kpi.passed, kpi.warned, kpi.failed, round(kpi.percent)) for kpi in found] == [
        ("2026-03-01", "validity", "sales", 3, 1, 1, 1, 33),
        ("2026-03-02", "other", "sales", 1, 1, 0, 0, 100),
    ]


def test_a_failed_audit_opens_an_incident_and_the_next_good_one_resolves_it(make_lakehouse: Make) -> None:
    dear = check("gold.daily/dear", {"kind": "aggregate", "expression": "max(amount)"}, {"operator": "lessThan", "value": 50})
    plan = small_plan().model_dump(by_alias=True)
    plan["tables"][2]["checks"].append({**dear, "dimension": "validity"})
    lakehouse = make_lakehouse(type(small_plan()).model_validate(plan))
    lakehouse.gate = ScriptedGate()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 99, "A", 1)])
    for _ in range(3):
        assert lakehouse.run().status == "auditFailed"
    [incident] = lakehouse.rows("ops.incidents")
    assert (incident["table_name"], incident["dimension"], incident["status"]) == ("gold.daily", "validity", "open")
    assert (incident["team"], incident["downstream"]) == ("sales", "gold.daily")
    assert incident["description"].startswith("gold.daily/dear")

    lakehouse.gate.verdicts["silver.orders"] = not_judged("silver.orders", "the server does not answer.")
    assert lakehouse.run().status == "auditFailed"
    assert {row["table_name"]: row["downstream"] for row in lakehouse.rows("ops.incidents")} == {
        "gold.daily": "gold.daily",
        "silver.orders": "gold.daily",
    }
    del lakehouse.gate.verdicts["silver.orders"]
    lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(1, "2013-01-01", 9, "A", 2)])
    assert lakehouse.run().status == "published"
    assert {row["status"] for row in lakehouse.rows("ops.incidents")} == {"resolved"}
    quality = [row for row in lakehouse.rows("ops.quality") if row["table_name"] == "gold.daily"]
    assert {(row["dimension"], row["judged"], row["failed"]) for row in quality} >= {("validity", 4, 3)}
    versions = lakehouse.versions()
    assert lakehouse.run().status == "nothingNew"
    assert lakehouse.versions() == versions


def test_incidents_of_a_run_that_did_nothing_else_reach_ops(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.run()
    context, ledger = lakehouse.context()
    with closing(ledger):
        note_verdict(context.ledger, "", "r1", ["silver.shops"], [Failure("silver.shops", None, "x", "y")])
    assert lakehouse.run().status == "nothingNew"
    [incident] = lakehouse.rows("ops.incidents")
    assert (incident["domain"], incident["downstream"]) == ("sales", "gold.daily")
