from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from lakehouse_pipeline.accounting import Accounting
from lakehouse_pipeline.database import Database, Row, Statement, statement
from lakehouse_pipeline.ledger_rows import BACKFILL, READS_BRONZE, IngestedBatch, ReleasedBatch, Work, now, upsert

Measures = dict[str, dict[str, float | None]]
"""By batch and name of the measure."""


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

    def start_run(self, run: str, domain: str, plan: str, label: str | None = None) -> None:
        """Begins a run, or goes on with it: what is in ops of it is then replaced. `label` is what a scheduler calls it."""
        begun = "insert into runs (id, domain, plan, started_at, status) values (?, ?, ?, ?, 'running')"
        again = "on conflict (id) do update set plan = excluded.plan, status = 'running', finished_at = null, message = null, projected = 0"
        labelled = [(run, label)] if label is not None else []
        self.write(statement(f"{begun} {again}", run, domain, plan, now()), Statement(upsert("run_labels", *_LABELS), labelled))

    def finish_run(self, run: str, status: str, message: str | None, release: str | None) -> None:
        self._write(
            "update runs set finished_at = ?, status = ?, message = ?, release = ?, projected = 0 where id = ?",
            *(now(), status, message, release, run),
        )

    def close_abandoned_runs(self, domain: str) -> None:
        """Runs of `domain`, and tasks of them, that were killed; the caller alone holds the domain's lock, so none of them lives."""
        if self.rows("select id from runs where domain = ? and status = 'running'", domain):
            ended = "set status = 'failed', finished_at = ?, message = 'ended without a word' where"
            runs = "select id from runs where domain = ? and status = 'running'"
            self.write(
                statement(f"update tasks {ended} finished_at is null and run in ({runs})", now(), domain),
                statement(f"update runs {ended} domain = ? and status = 'running'", now(), domain),
            )

    def last_status(self, domain: str) -> str | None:
        found = self.rows("select status from runs where domain = ? order by started_at desc, id desc limit 1", domain)
        return str(found[0]["status"]) if found else None

    def unprojected_runs(self, domain: str) -> list[Row]:
        """Finished runs that are not in ops yet."""
        return self.rows(
            "select runs.*, label from runs left join run_labels on run = id"
            " where finished_at is not null and projected = 0 and domain = ? order by started_at",
            domain,
        )

    def mark_projected(self, run: str) -> None:
        self._write("update runs set projected = 1 where id = ?", run)

    def add_step(self, run: str, step: str, subject: str, seconds: float, rows: int | None, detail: str) -> None:
        self._write("insert into steps values (?, ?, ?, ?, ?, ?, ?)", run, step, subject, seconds, rows, detail, now())

    # Work

    def unfinished_work(self, table: str) -> list[Work]:
        """What crashes left, in any epoch."""
        return [_work(row) for row in self.rows("select * from work where table_name = ? and finished_at is null", table)]

    def begin_work(self, work: Work, run: str) -> None:
        self.write(self.beginning(work, run))

    def beginning(self, work: Work, run: str) -> Statement:
        return statement(
            "insert into work values (?, ?, ?, ?, ?, ?, null) on conflict do nothing",
            *(work.id, work.step, work.table, work.epoch, json.dumps(work.batches), run),
        )

    def finish_ingest(self, work: Work, batches: Iterable[IngestedBatch]) -> None:
        rows = [(work.table, batch.batch, batch.rows, batch.held) for batch in batches]
        self.write(Statement("insert into ingested values (?, ?, ?, ?) on conflict do nothing", rows), _finished(work))

    def finish_refine(self, work: Work, run: str, accounting: dict[str, Accounting], measures: Measures) -> None:
        batches = [(work.table, work.epoch, batch) for batch in work.batches] if work.step in READS_BRONZE else []
        again = batches if work.step == BACKFILL else []
        of_batch = "where table_name = ? and epoch = ? and batch = ?"
        self.write(
            # What a batch came to before counts no more, and it is to be judged and released anew.
            Statement(f"update accounting set step = 'superseded' {of_batch} and work <> ?", [(*batch, work.id) for batch in again]),
            Statement(f"delete from released {of_batch}", again),
            _measured(work.table, work.epoch, measures),
            Statement("insert into refined values (?, ?, ?) on conflict do nothing", batches),
            *self.accounted(work, run, accounting),
        )

    def accounted(self, work: Work, run: str, accounting: dict[str, Accounting]) -> tuple[Statement, Statement]:
        """The statements that end work with its row accounting, by batch."""
        counted = [
            (run, work.id, work.step, work.table, work.epoch, batch, *asdict(counts).values(), now())
            for batch, counts in accounting.items()
        ]
        return Statement(upsert("accounting", _ACCOUNTING, ("work", "batch")), counted), _finished(work)

    def drop_work(self, work: Work) -> None:
        """Forgets work that turned out to have nothing to do."""
        self._write("delete from work where id = ?", work.id)

    # Batches

    def ingested(self, table: str) -> list[IngestedBatch]:
        found = self.rows("select batch, rows, held from ingested where table_name = ? order by batch", table)
        return [IngestedBatch(row["batch"], row["rows"], row["held"]) for row in found]

    def refined(self, table: str, epoch: int) -> set[str]:
        return {row["batch"] for row in self.rows("select batch from refined where table_name = ? and epoch = ?", table, epoch)}

    def reverted(self, table: str) -> set[str]:
        """The batches that count no more for a silver table."""
        return {row["batch"] for row in self.rows("select batch from reverted where table_name = ?", table)}

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

    def add_measures(self, table: str, epoch: int, measures: Measures) -> None:
        self.write(_measured(table, epoch, measures))

    def rejected(self, table: str, epoch: int) -> dict[str, tuple[int, int]]:
        """Per batch: rows read, and rows of it that are in quarantine still (rejected or waiting, not yet merged by a retry)."""
        found = self.rows(
            "select batch, sum(case when step in ('refine', 'backfill') then read else 0 end) as read,"
            " sum(case when step in ('refine', 'backfill') then quarantined + waiting"
            " when step in ('retry', 'replay') then -read else 0 end) as rejected"
            " from accounting where table_name = ? and epoch = ? and step <> 'superseded' group by batch",
            *(table, epoch),
        )
        return {row["batch"]: (row["read"], row["rejected"]) for row in found}

    def retried_parents(self, table: str) -> dict[str, int]:
        found = self.rows("select parents from retried where table_name = ?", table)
        return dict(json.loads(found[0]["parents"])) if found else {}

    def set_retried_parents(self, table: str, parents: dict[str, int]) -> None:
        self._write(upsert("retried", ("table_name", "parents"), ("table_name",)), table, json.dumps(parents))

    # Checks and releases

    def add_check_results(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Rows of `check_results`; they take the place of what the same run judged of the same tables before."""
        judged = sorted({(row[0], row[1]) for row in rows}, key=repr)
        self.write(
            Statement("delete from check_results where run = ? and table_name = ?", judged),
            Statement("insert into check_results values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows),
        )

    def intend_release(
        self,
        release: str,
        run: str,
        domain: str,
        tables: Sequence[object],
        batches: Sequence[ReleasedBatch],
        restores: str | None = None,
    ) -> None:
        """`restores`: for a rollback the release that it brings back."""
        intended = "insert into releases values (?, ?, ?, 'publishing', ?, ?, ?, null)"
        self.write(
            statement(intended, release, run, domain, json.dumps(tables), json.dumps(batches), now()),
            Statement("insert into rollbacks values (?, ?)", [] if restores is None else [(release, restores)]),
        )

    def intended_release(self, domain: str) -> tuple[str, str, list[dict[str, object]]] | None:
        """A release that a crash left half-way: its id, its run and its tables."""
        found = self.rows("select id, run, tables from releases where domain = ? and status = 'publishing'", domain)
        return (found[0]["id"], found[0]["run"], json.loads(found[0]["tables"])) if found else None

    def published_releases(self, domain: str) -> list[Row]:
        """Releases of gold tables, oldest first: `id`, `tables` (JSON), and `restores`, the release that a rollback brought back."""
        return self.rows(
            "select id, tables, restores from releases left join rollbacks on release = id"
            " where domain = ? and status = 'published' and tables <> '[]' order by published_at, intended_at",
            domain,
        )

    def finish_release(self, release: str, tables: Sequence[object], candidates: Sequence[str] = ()) -> None:
        """`tables`: what was published of each; `candidates`: the locations of what they were published from."""
        batches = json.loads(self.rows("select batches from releases where id = ?", release)[0]["batches"])
        self.write(
            statement(
                "update releases set status = 'published', published_at = ?, tables = ? where id = ?", now(), json.dumps(tables), release
            ),
            Statement("insert into released values (?, ?, ?, ?) on conflict do nothing", [(*batch, release) for batch in batches]),
            # After a rollback gold stands no more on what came to it since.
            statement(
                "delete from released where release in (select later.id from releases later, rollbacks, releases restored"
                " where rollbacks.release = ? and restored.id = rollbacks.restores"
                " and later.domain = restored.domain and later.published_at > restored.published_at)",
                release,
            ),
            Statement("delete from candidates where location = ?", [(candidate,) for candidate in candidates]),
        )

    def write(self, *statements: Statement) -> None:
        """Carries out all statements or none; see Database."""
        self._database.write(*statements)

    def _write(self, sql: str, *parameters: object) -> None:
        self.write(statement(sql, *parameters))


_LABELS = (("run", "label"), ("run",))
_ACCOUNTING = (
    *("run", "work", "step", "table_name", "epoch", "batch"),
    *(field.name for field in fields(Accounting)),
    "recorded_at",
)
_MEASURES = ("table_name", "epoch", "batch", "check_id", "value")


def _measured(table: str, epoch: int, measures: Measures) -> Statement:
    rows = [(table, epoch, batch, check, value) for batch, values in measures.items() for check, value in values.items()]
    return Statement(upsert("measures", _MEASURES, ("table_name", "epoch", "batch", "check_id")), rows)


def _finished(work: Work) -> Statement:
    return statement("update work set finished_at = ? where id = ?", now(), work.id)


def _work(row: Row) -> Work:
    return Work(row["id"], row["step"], row["table_name"], row["epoch"], tuple(json.loads(row["batches"])))
