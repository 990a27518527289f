from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timezone
from pathlib import Path

from lakehouse_pipeline.accounting import Accounting
from lakehouse_pipeline.database import Database, Row, Statement, statement


@dataclass(frozen=True)
class Work:
    """A piece of work on one table: the batches of one commit."""

    id: str
    step: str
    table: str
    epoch: int
    batches: tuple[str, ...]


ReleasedBatch = tuple[str, int, str]
"""A batch that a release stands on: silver table, epoch, batch."""


@dataclass(frozen=True)
class IngestedBatch:
    batch: str
    rows: int
    held: str | None


def ledger_schema() -> str:
    """The statements that make the ledger's tables where they are missing."""
    return Path(__file__).with_name("ledger.sql").read_text(encoding="utf-8")


class Ledger:
    """What was begun and done, and what is to be projected into ops."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def close(self) -> None:
        self._database.close()

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        return self._database.rows(sql, *parameters)

    # Runs

    def start_run(self, run: str, domain: str, plan: str) -> None:
        self._write("insert into runs (id, domain, plan, started_at, status) values (?, ?, ?, ?, 'running')", run, domain, plan, now())

    def finish_run(self, run: str, status: str, message: str | None, release: str | None) -> None:
        self._write(
            "update runs set finished_at = ?, status = ?, message = ?, release = ? where id = ?", now(), status, message, release, run
        )

    def close_abandoned_runs(self, domain: str) -> None:
        """Runs of `domain` that were killed; the caller holds the domain's lock, so none of them lives."""
        if self.rows("select id from runs where domain = ? and status = 'running'", domain):
            self._write(
                "update runs set status = 'failed', finished_at = ?, message = 'ended without a word'"
                " where domain = ? and status = 'running'",
                now(),
                domain,
            )

    def last_status(self, domain: str) -> str | None:
        found = self.rows("select status from runs where domain = ? order by started_at desc, id desc limit 1", domain)
        return str(found[0]["status"]) if found else None

    def unprojected_runs(self, domain: str) -> list[Row]:
        """Finished runs that are not in ops yet."""
        return self.rows("select * from runs where finished_at is not null and projected = 0 and domain = ? order by started_at", domain)

    def mark_projected(self, run: str) -> None:
        self._write("update runs set projected = 1 where id = ?", run)

    def add_step(self, run: str, step: str, subject: str, seconds: float, rows: int | None, detail: str) -> None:
        self._write("insert into steps values (?, ?, ?, ?, ?, ?, ?)", run, step, subject, seconds, rows, detail, now())

    # Work

    def unfinished_work(self, table: str) -> Work | None:
        found = self.rows("select * from work where table_name = ? and finished_at is null", table)
        return _work(found[0]) if found else None

    def begin_work(self, work: Work, run: str) -> None:
        self._write(
            "insert into work values (?, ?, ?, ?, ?, ?, null) on conflict do nothing",
            work.id,
            work.step,
            work.table,
            work.epoch,
            json.dumps(work.batches),
            run,
        )

    def finish_ingest(self, work: Work, batches: Iterable[IngestedBatch]) -> None:
        rows = [(work.table, batch.batch, batch.rows, batch.held) for batch in batches]
        self._database.write(Statement("insert into ingested values (?, ?, ?, ?) on conflict do nothing", rows), _finished(work))

    def finish_refine(self, work: Work, run: str, accounting: dict[str, Accounting], measures: dict[str, dict[str, float | None]]) -> None:
        counted = [
            (run, work.id, work.step, work.table, work.epoch, batch, *asdict(counts).values(), now())
            for batch, counts in accounting.items()
        ]
        measured = [(work.table, work.epoch, batch, check, value) for batch, values in measures.items() for check, value in values.items()]
        batches = [(work.table, work.epoch, batch) for batch in work.batches] if work.step == "refine" else []
        self._database.write(
            Statement(_upsert("accounting", _ACCOUNTING, ("work", "batch")), counted),
            Statement(_upsert("measures", _MEASURES, ("table_name", "epoch", "batch", "check_id")), measured),
            Statement("insert into refined values (?, ?, ?) on conflict do nothing", batches),
            _finished(work),
        )

    def drop_work(self, work: Work) -> None:
        """Forgets work that turned out to have nothing to do."""
        self._write("delete from work where id = ?", work.id)

    # Batches

    def ingested(self, table: str) -> list[IngestedBatch]:
        found = self.rows("select batch, rows, held from ingested where table_name = ? order by batch", table)
        return [IngestedBatch(row["batch"], row["rows"], row["held"]) for row in found]

    def refined(self, table: str, epoch: int) -> set[str]:
        return {row["batch"] for row in self.rows("select batch from refined where table_name = ? and epoch = ?", table, epoch)}

    def unreleased(self, table: str, epoch: int) -> list[str]:
        found = self.rows(
            "select batch from refined where table_name = ? and epoch = ? and batch not in"
            " (select batch from released where table_name = ? and epoch = ?) order by batch",
            *(table, epoch, table, epoch),
        )
        return [row["batch"] for row in found]

    def measures(self, table: str, epoch: int, batch: str) -> dict[str, float | None]:
        found = self.rows("select check_id, value from measures where table_name = ? and epoch = ? and batch = ?", table, epoch, batch)
        return {row["check_id"]: row["value"] for row in found}

    def rejected(self, table: str, epoch: int) -> dict[str, tuple[int, int]]:
        """Per batch: rows read, and rows of it that are in quarantine still (rejected or waiting, not yet merged by a retry)."""
        found = self.rows(
            "select batch, sum(case when step = 'refine' then read else 0 end) as read,"
            " sum(case when step = 'refine' then quarantined + waiting else -read end) as rejected"
            " from accounting where table_name = ? and epoch = ? group by batch",
            *(table, epoch),
        )
        return {row["batch"]: (row["read"], row["rejected"]) for row in found}

    def waiting(self, table: str, epoch: int) -> int:
        found = self.rows(
            "select coalesce(sum(case when step = 'refine' then waiting when step = 'retry' then -read else 0 end), 0) as rows"
            " from accounting where table_name = ? and epoch = ?",
            *(table, epoch),
        )
        return int(found[0]["rows"])

    def retried_parents(self, table: str) -> dict[str, int]:
        found = self.rows("select parents from retried where table_name = ?", table)
        return dict(json.loads(found[0]["parents"])) if found else {}

    def set_retried_parents(self, table: str, parents: dict[str, int]) -> None:
        self._write(_upsert("retried", ("table_name", "parents"), ("table_name",)), table, json.dumps(parents))

    # Checks and releases

    def add_check_results(self, rows: Sequence[tuple[object, ...]]) -> None:
        self._database.write(Statement("insert into check_results values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows))

    def intend_release(self, release: str, run: str, domain: str, tables: Sequence[object], batches: Sequence[ReleasedBatch]) -> None:
        self._write(
            "insert into releases values (?, ?, ?, 'publishing', ?, ?, ?, null)",
            release,
            run,
            domain,
            json.dumps(tables),
            json.dumps(batches),
            now(),
        )

    def intended_release(self, domain: str) -> tuple[str, str, list[dict[str, object]]] | None:
        """A release that a crash left half-way: its id, its run and its tables."""
        found = self.rows("select id, run, tables from releases where domain = ? and status = 'publishing'", domain)
        return (found[0]["id"], found[0]["run"], json.loads(found[0]["tables"])) if found else None

    def finish_release(self, release: str, tables: Sequence[object]) -> None:
        batches = json.loads(self.rows("select batches from releases where id = ?", release)[0]["batches"])
        self._database.write(
            statement(
                "update releases set status = 'published', published_at = ?, tables = ? where id = ?", now(), json.dumps(tables), release
            ),
            Statement("insert into released values (?, ?, ?, ?) on conflict do nothing", [(*batch, release) for batch in batches]),
        )

    def _write(self, sql: str, *parameters: object) -> None:
        self._database.write(statement(sql, *parameters))


_ACCOUNTING = (
    *("run", "work", "step", "table_name", "epoch", "batch"),
    *(field.name for field in fields(Accounting)),
    "recorded_at",
)
_MEASURES = ("table_name", "epoch", "batch", "check_id", "value")


def _upsert(table: str, columns: Sequence[str], key: Collection[str]) -> str:
    marks = ", ".join("?" for _ in columns)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    return f"insert into {table} ({', '.join(columns)}) values ({marks}) on conflict ({', '.join(key)}) do update set {changes}"


def _finished(work: Work) -> Statement:
    return statement("update work set finished_at = ? where id = ?", now(), work.id)


def now() -> str:
    """The time in UTC, to the millisecond."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


def _work(row: Row) -> Work:
    return Work(row["id"], row["step"], row["table_name"], row["epoch"], tuple(json.loads(row["batches"])))
