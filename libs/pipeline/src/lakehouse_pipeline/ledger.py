from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path

from lakehouse_pipeline.accounting import Accounting


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


class Ledger:
    """The outbox of an embedded lakehouse in SQLite: work begun and done, and what is to be projected into ops."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self.connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("pragma journal_mode = wal")
        self.connection.execute("pragma synchronous = full")
        self.connection.executescript(Path(__file__).with_name("ledger.sql").read_text(encoding="utf-8"))

    def close(self) -> None:
        self.connection.close()

    def rows(self, sql: str, *parameters: object) -> list[sqlite3.Row]:
        return self.connection.execute(sql, parameters).fetchall()

    def write(self, sql: str, *parameters: object) -> None:
        """One statement; steps that run at once take turns."""
        with self._lock:
            self.connection.execute(sql, parameters)

    # Runs

    def start_run(self, run: str, domain: str, plan: str) -> None:
        self.write("insert into runs (id, domain, plan, started_at, status) values (?, ?, ?, ?, 'running')", run, domain, plan, now())

    def finish_run(self, run: str, status: str, message: str | None, release: str | None) -> None:
        self.write(
            "update runs set finished_at = ?, status = ?, message = ?, release = ? where id = ?", now(), status, message, release, run
        )

    def close_abandoned_runs(self, domain: str) -> None:
        """Runs of `domain` that were killed; the caller holds the domain's lock, so none of them lives."""
        self.write(
            "update runs set status = 'failed', finished_at = ?, message = 'ended without a word' where domain = ? and status = 'running'",
            now(),
            domain,
        )

    def last_status(self, domain: str) -> str | None:
        found = self.rows("select status from runs where domain = ? order by started_at desc, rowid desc limit 1", domain)
        return str(found[0]["status"]) if found else None

    def add_step(self, run: str, step: str, subject: str, seconds: float, rows: int | None, detail: str) -> None:
        self.write("insert into steps values (?, ?, ?, ?, ?, ?, ?)", run, step, subject, seconds, rows, detail, now())

    # Work

    def unfinished_work(self, table: str) -> Work | None:
        found = self.rows("select * from work where table_name = ? and finished_at is null", table)
        return _work(found[0]) if found else None

    def begin_work(self, work: Work, run: str) -> None:
        self.write(
            "insert or ignore into work values (?, ?, ?, ?, ?, ?, null)",
            work.id,
            work.step,
            work.table,
            work.epoch,
            json.dumps(work.batches),
            run,
        )

    def finish_ingest(self, work: Work, batches: Iterable[IngestedBatch]) -> None:
        with self._transaction():
            self.connection.executemany(
                "insert or ignore into ingested values (?, ?, ?, ?)",
                [(work.table, b.batch, b.rows, b.held) for b in batches],
            )
            self._finish(work)

    def finish_refine(self, work: Work, run: str, accounting: dict[str, Accounting], measures: dict[str, dict[str, float | None]]) -> None:
        with self._transaction():
            for batch, counts in accounting.items():
                self.write(
                    "insert or replace into accounting values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    run,
                    work.id,
                    work.step,
                    work.table,
                    work.epoch,
                    batch,
                    *asdict(counts).values(),
                    now(),
                )
            for batch, values in measures.items():
                self.connection.executemany(
                    "insert or replace into measures values (?, ?, ?, ?, ?)",
                    [(work.table, work.epoch, batch, check, value) for check, value in values.items()],
                )
            if work.step == "refine":
                self.connection.executemany(
                    "insert or ignore into refined values (?, ?, ?)",
                    [(work.table, work.epoch, batch) for batch in work.batches],
                )
            self._finish(work)

    def drop_work(self, work: Work) -> None:
        """Forgets work that turned out to have nothing to do."""
        self.write("delete from work where id = ?", work.id)

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
        self.write("insert or replace into retried values (?, ?)", table, json.dumps(parents))

    # Checks and releases

    def add_check_results(self, rows: Sequence[tuple[object, ...]]) -> None:
        with self._lock:
            self.connection.executemany("insert into check_results values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def intend_release(self, release: str, run: str, domain: str, tables: Sequence[object], batches: Sequence[ReleasedBatch]) -> None:
        self.write(
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
        with self._transaction():
            batches = json.loads(self.rows("select batches from releases where id = ?", release)[0]["batches"])
            self.write(
                "update releases set status = 'published', published_at = ?, tables = ? where id = ?", now(), json.dumps(tables), release
            )
            self.connection.executemany("insert or ignore into released values (?, ?, ?, ?)", [(*batch, release) for batch in batches])

    def _finish(self, work: Work) -> None:
        self.write("update work set finished_at = ? where id = ?", now(), work.id)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            self.connection.execute("begin immediate")
            try:
                yield
            except BaseException:
                self.connection.execute("rollback")
                raise
            self.connection.execute("commit")


def now() -> str:
    """The time in UTC, to the millisecond."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


def _work(row: sqlite3.Row) -> Work:
    return Work(row["id"], row["step"], row["table_name"], row["epoch"], tuple(json.loads(row["batches"])))
