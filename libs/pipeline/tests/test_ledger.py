"""The ledger behaves alike in SQLite and in PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from ledgers import address, open_database, server  # noqa: F401

from lakehouse_pipeline.accounting import Accounting
from lakehouse_pipeline.database import Database, Statement, statement
from lakehouse_pipeline.ledger import Ledger, ledger_schema
from lakehouse_pipeline.ledger_rows import IngestedBatch, Work
from lakehouse_pipeline.sqlite_database import SqliteDatabase

WORK = Work("refine/silver.orders/1", "refine", "silver.orders", 1, ("orders-1", "orders-2"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    opened: Database
    if request.param == "sqlite":
        opened = SqliteDatabase(tmp_path / "ledger.sqlite", ledger_schema())
    else:
        opened = open_database(request.getfixturevalue("address"))
    yield opened
    opened.close()


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


def test_work_is_found_again_until_it_is_finished(ledger: Ledger) -> None:
    ledger.begin_work(WORK, "run-1")
    ledger.begin_work(WORK, "run-2")
    assert ledger.unfinished_work("silver.orders") == [WORK]
    ledger.finish_refine(WORK, "run-2", {"orders-1": Accounting(read=3, inserted=2, waiting=1)}, {"orders-1": {"rows": 3.0}})
    assert ledger.unfinished_work("silver.orders") == []
    assert ledger.refined("silver.orders", 1) == {"orders-1", "orders-2"}
    assert ledger.unreleased("silver.orders", 1) == ["orders-1", "orders-2"]


def test_work_finished_again_is_counted_once(ledger: Ledger) -> None:
    for read in (3, 5):
        ledger.finish_refine(WORK, "run-1", {"orders-1": Accounting(read=read, waiting=read)}, {"orders-1": {"rows": float(read)}})
    retry = Work("retry/silver.orders/1", "retry", "silver.orders", 1, ())
    ledger.finish_refine(retry, "run-2", {"orders-1": Accounting(read=2, inserted=2)}, {})
    assert ledger.rejected("silver.orders", 1) == {"orders-1": (5, 3)}
    assert ledger.measures("silver.orders", 1, "orders-1") == {"rows": 5.0}


def test_batches_are_ingested_once(ledger: Ledger) -> None:
    work = Work("ingest/bronze.orders/1", "ingest", "bronze.orders", 0, ("orders-1",))
    for rows in (7, 8):
        ledger.finish_ingest(work, [IngestedBatch("orders-1", rows, None)])
    assert ledger.ingested("bronze.orders") == [IngestedBatch("orders-1", 7, None)]


def test_a_release_left_half_way_is_found_and_finished_with_its_batches(ledger: Ledger) -> None:
    ledger.finish_refine(WORK, "run-1", {}, {})
    ledger.intend_release("release-1", "run-1", "sales", [{"table": "gold.daily"}], [("silver.orders", 1, "orders-1")])
    assert ledger.intended_release("sales") == ("release-1", "run-1", [{"table": "gold.daily"}])
    ledger.finish_release("release-1", [{"table": "gold.daily", "version": 1}])
    assert ledger.intended_release("sales") is None
    assert ledger.unreleased("silver.orders", 1) == ["orders-2"]


def test_runs_that_were_killed_are_closed(ledger: Ledger) -> None:
    ledger.start_run("run-1", "sales", "plan")
    ledger.start_run("run-2", "stock", "plan")
    ledger.close_abandoned_runs("sales")
    assert [run["id"] for run in ledger.unprojected_runs("sales")] == ["run-1"]
    assert ledger.last_status("sales") == "failed"
    assert ledger.last_status("stock") == "running"
    ledger.mark_projected("run-1")
    assert ledger.unprojected_runs("sales") == []


def test_check_results_keep_what_they_were(ledger: Ledger) -> None:
    row = ("run-1", "silver.orders", None, "silver.orders/rows", 1, "error", None, 2.5, "> 1", "enough", "2013-01-01T00:00:00+00:00")
    ledger.add_check_results([row])
    assert [tuple(found.values()) for found in ledger.rows("select * from check_results")] == [row]


def test_parents_are_those_of_the_last_try(ledger: Ledger) -> None:
    ledger.set_retried_parents("silver.orders", {"silver.shops": 1})
    ledger.set_retried_parents("silver.orders", {"silver.shops": 2})
    assert ledger.retried_parents("silver.orders") == {"silver.shops": 2}


def test_statements_are_carried_out_all_or_none(database: Database) -> None:
    with pytest.raises((sqlite3.Error, psycopg.Error)):
        database.write(statement("insert into retried values (?, ?)", "silver.orders", "{}"), statement("insert into nowhere values (1)"))
    assert database.rows("select * from retried") == []


def test_a_thread_sees_nothing_that_another_one_takes_back(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "ledger.sqlite", ledger_schema())
    seen: list[object] = []
    reader = Thread(target=lambda: seen.extend(database.rows("select * from retried")))

    def half_written() -> Iterator[tuple[str, str]]:
        yield "silver.orders", "{}"
        reader.start()
        reader.join(0.2)
        raise ValueError("half-way")

    with pytest.raises(ValueError, match="half-way"):
        database.write(Statement("insert into retried values (?, ?)", half_written()))  # type: ignore[arg-type]
    reader.join()
    assert seen == []
    database.close()


def test_two_that_make_the_tables_at_once_both_succeed(address: dict[str, str]) -> None:  # noqa: F811
    with ThreadPoolExecutor(4) as pool:
        for opened in pool.map(lambda _: open_database(address), range(8)):
            opened.close()
