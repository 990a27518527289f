"""The scorecard in ops, without Spark: written once, as it stands, and only what is new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable
from small_plan import small_plan

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.database import statement
from lakehouse_pipeline.incidents import Failure, note_verdict, set_status
from lakehouse_pipeline.ledger import Ledger, ledger_schema
from lakehouse_pipeline.quality_kpi import days_of
from lakehouse_pipeline.record_quality import record_incidents, record_kpis
from lakehouse_pipeline.sqlite_database import SqliteDatabase
from lakehouse_pipeline.warehouse import Warehouse

LATE = Failure("silver.orders", "timeliness", "silver.orders/fresh", "it is late")


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    database = SqliteDatabase(tmp_path / "ledger.sqlite", ledger_schema())

    def no_spark() -> Any:
        raise AssertionError("nothing here needs Spark")

    places = (Warehouse(f"{tmp_path}/"), Ledger(database), lambda _: None, no_spark)
    yield Context(small_plan(), "sales", "r1", *places, datetime.now(timezone.utc))
    database.close()


def table(context: Context, name: str) -> DeltaTable:
    return DeltaTable(context.warehouse.location(name))


def rows(context: Context, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = table(context, name).to_pyarrow_table().to_pylist()
    return found


def judged(context: Context, run: str, day: str, passed: int) -> None:
    result = (
        run,
        "silver.orders",
        None,
        "silver.orders/fresh",
        passed,
        "error",
        "timeliness",
        None,
        "= 0",
        "",
        f"{day}T12:00:00.000+00:00",
    )
    context.ledger.add_check_results([result])
    record_kpis(context, days_of(context.ledger, run))


def test_incidents_are_there_from_the_start_and_change_in_place(context: Context) -> None:
    assert record_incidents(context) == 0
    assert rows(context, "ops.incidents") == []
    note_verdict(context.ledger, "sales", "r1", ["silver.orders"], [LATE])
    assert record_incidents(context) == 1
    [incident] = rows(context, "ops.incidents")
    assert (incident["status"], incident["team"], incident["downstream"]) == ("open", "sales", "gold.daily")
    assert incident["first_seen"].tzinfo is not None
    set_status(context.ledger, incident["incident"], "acknowledged", "anna@desk")
    note_verdict(context.ledger, "sales", "r2", ["silver.shops"], [Failure("silver.shops", None, "x", "y")])
    assert record_incidents(context) == 2
    assert {row["table_name"]: row["status"] for row in rows(context, "ops.incidents")} == {
        "silver.orders": "acknowledged",
        "silver.shops": "open",
    }
    version = table(context, "ops.incidents").version()
    assert record_incidents(context) == 0
    assert table(context, "ops.incidents").version() == version


def test_one_that_was_written_before_a_crash_is_not_written_twice(context: Context) -> None:
    note_verdict(context.ledger, "sales", "r1", ["silver.orders"], [LATE])
    record_incidents(context)
    version = table(context, "ops.incidents").version()
    # As after a crash between the table and the ledger.
    context.ledger.write(statement("update incidents set projected = 0"))
    assert record_incidents(context) == 1
    assert table(context, "ops.incidents").version() == version
    assert len(rows(context, "ops.incidents")) == 1


def test_those_of_another_domain_are_left_to_it(context: Context) -> None:
    note_verdict(context.ledger, "other", "r1", ["silver.elsewhere"], [Failure("silver.elsewhere", None, "x", "y")])
    assert record_incidents(context) == 0
    assert rows(context, "ops.incidents") == []


def test_a_day_is_written_anew_where_it_changed_and_no_other(context: Context) -> None:
    judged(context, "r1", "2026-03-01", 1)
    judged(context, "r2", "2026-03-02", 1)
    judged(context, "r3", "2026-03-02", 0)
    found = {row["day"]: (row["judged"], row["passed"], row["failed"], row["kpi"]) for row in rows(context, "ops.quality")}
    assert found == {date(2026, 3, 1): (1, 1, 0, 100.0), date(2026, 3, 2): (2, 1, 1, 50.0)}
    version = table(context, "ops.quality").version()
    record_kpis(context, ["2026-03-01", "2026-03-02"])
    assert table(context, "ops.quality").version() == version
    assert {(row["table_name"], row["dimension"], row["team"]) for row in rows(context, "ops.quality")} == {
        ("silver.orders", "timeliness", "sales")
    }
