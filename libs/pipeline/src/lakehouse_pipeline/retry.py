"""Merging rows out of quarantine: by itself when a parent arrived, or because a person asked for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from lakehouse_pipeline.accounting import Accounting, total
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.events import step
from lakehouse_pipeline.ledger_rows import Work
from lakehouse_pipeline.pinned import pinned
from lakehouse_pipeline.project import ROW_ID
from lakehouse_pipeline.quarantine import held_rows, lacks_parents, mark_replayed, note_reasons, rows_without_parent
from lakehouse_pipeline.refine import counts_of, evaluated, find_work, parent_versions, run_work
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.silver_table import silver_state


def must_retry(context: Context, table: SilverTable) -> bool:
    """Whether rows lack a parent, and one changed since they were last tried. Needs no Spark."""
    left = context.ledger.unfinished_work(table.name)
    if left is not None:
        return left.step in ("retry", "replay")
    if silver_state(table, context.warehouse.location(table.name)).rebuild is not None:
        return False
    return parent_versions(context, table) != context.ledger.retried_parents(table.name) and lacks_parents(context, table)


def retry_waiting(context: Context, table: SilverTable) -> Accounting | None:
    """Merges the waiting rows whose parents are there now; first what a crash left of an earlier retry or replay.

    Rows that break other rules too are judged anew with them.
    """
    left = context.ledger.unfinished_work(table.name)
    if left is not None and left.step == "replay":
        return release_rows(context, table, "replay", context.run, held_rows(context, table, ["open"])).accounting
    parents = parent_versions(context, table)
    digest = hashlib.sha256(json.dumps(parents).encode()).hexdigest()[:12]
    released = release_rows(context, table, "retry", digest, rows_without_parent(context, table))
    context.ledger.set_retried_parents(table.name, parents)
    return released.accounting


@dataclass(frozen=True)
class Released:
    """What became of rows in quarantine: the accounting of those that were merged, None where none was; how many still break each rule."""

    accounting: Accounting | None
    broken: Mapping[str, int]


def release_rows(context: Context, table: SilverTable, name: str, occasion: str, held: DataFrame) -> Released:
    """Merges those of `held` that break no rule now, and marks them in quarantine.

    The others are noted there with the rules that they break now.
    Work that a crash left after its commit is finished even where all its rows have been marked already.
    """
    epoch = silver_state(table, context.warehouse.location(table.name)).epoch
    left = context.ledger.unfinished_work(table.name)
    work = left if left is not None and left.step == name else Work(f"{name}/{table.name}/{occasion}/{epoch}", name, table.name, epoch, ())
    with step(context.emit, "refine", table.name, "rows out of quarantine") as report:
        with (
            pinned(held) as rows,
            evaluated(context, table, rows) as judged,
            pinned(judged.where("size(__rules) = 0").select(*ROW_ID)) as names,
        ):
            if names.count() or find_work(context, table, work) is not None:
                report.accounting = _merge_and_mark(context, table, work, rows, names)
            elif left is work:
                context.ledger.drop_work(work)
            broken = _broken(judged)
            if broken:
                note_reasons(context, table, judged)
        report.rows = report.accounting.read if report.accounting else 0
        report.detail = f"{report.rows} row{'' if report.rows == 1 else 's'} out of quarantine"
    context.ledger.add_step(context.run, "refine", table.name, report.seconds, report.rows, report.detail)
    return Released(report.accounting, broken)


def _broken(judged: DataFrame) -> dict[str, int]:
    """By rule, the number of rows that break it."""
    counted = judged.select(F.explode("__rules").alias("rule")).groupBy("rule").count().collect()
    return {row["rule"]: row["count"] for row in sorted(counted, key=lambda row: str(row["rule"]))}


def _merge_and_mark(context: Context, table: SilverTable, work: Work, held: DataFrame, names: DataFrame) -> Accounting:
    context.ledger.begin_work(work, context.run)
    passed = held.join(names, list(ROW_ID), "left_semi")

    def mark(accounting: dict[str, Accounting]) -> None:
        mark_replayed(context, table, work, names, counts_of(accounting))

    return total(run_work(context, table, work, passed, rebuild=False, before_record=mark).values())
