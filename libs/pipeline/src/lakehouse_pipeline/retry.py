"""Merging rows out of quarantine: by itself when a parent arrived, or because a person asked for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from lakehouse_pipeline.accounting import Accounting, total
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import open_table
from lakehouse_pipeline.events import step
from lakehouse_pipeline.ledger_rows import RELEASES, RETRY, Work
from lakehouse_pipeline.pinned import pinned
from lakehouse_pipeline.project import ROW_ID
from lakehouse_pipeline.quarantine import lacks_parents, mark_replayed, note_reasons, quarantine_location, rows_without_parent
from lakehouse_pipeline.refine import counts_of, evaluated, left_work, parent_versions, record_committed, run_work
from lakehouse_pipeline.released_rows import keep_released, released_rows
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.silver_table import silver_state


def must_retry(context: Context, table: SilverTable) -> bool:
    """Whether a crash left a release, or rows lack a parent and one changed since they were last tried. Needs no Spark."""
    left = left_work(context, table)
    if left is not None:
        return left.step in RELEASES
    if silver_state(table, context.warehouse.location(table.name)).rebuild is not None:
        return False
    return parent_versions(context, table) != context.ledger.retried_parents(table.name) and lacks_parents(context, table)


def retry_waiting(context: Context, table: SilverTable) -> Accounting:
    """Merges the waiting rows whose parents are there now, after what a crash left of an earlier retry or replay.

    Rows that break other rules too are judged anew with them.
    """
    finished = finish_release(context, table)
    parents = parent_versions(context, table)
    digest = hashlib.sha256(json.dumps(parents).encode()).hexdigest()[:12]
    released = release_rows(context, table, RETRY, digest, rows_without_parent(context, table))
    context.ledger.set_retried_parents(table.name, parents)
    return total([*finished, *([released.accounting] if released.accounting else [])])


@dataclass(frozen=True)
class Released:
    """What became of rows in quarantine: the accounting of those that were merged, None where none was; how many still break each rule."""

    accounting: Accounting | None
    broken: Mapping[str, int]


def finish_release(context: Context, table: SilverTable) -> list[Accounting]:
    """Marks and records the rows that a release had merged when it was cut short, and returns their accounting.

    A release that had not merged them yet is forgotten: they lie in quarantine as before.
    """
    left = left_work(context, table)
    if left is None or left.step not in RELEASES:
        return []
    with step(context.emit, "refine", table.name, "rows out of quarantine") as report:
        accounting = record_committed(context, table, left, _marking(context, table, left))
        if accounting is None:
            context.ledger.drop_work(left)
            return []
        report.accounting = total(accounting.values())
        report.rows = report.accounting.read
    context.ledger.add_step(context.run, "refine", table.name, report.seconds, report.rows, report.detail)
    return [report.accounting]


def release_rows(context: Context, table: SilverTable, name: str, occasion: str, held: DataFrame) -> Released:
    """Merges those of `held` that break no rule now, and marks them in quarantine.

    The others are noted there with the rules that they break now. What a crash left of an earlier release is finished before.
    """
    epoch = silver_state(table, context.warehouse.location(table.name)).epoch
    # Each release marks its rows, so none is taken for another of the same occasion.
    version = open_table(quarantine_location(context, table)).version()
    work = Work(f"{name}/{table.name}/{occasion}/{version}/{epoch}", name, table.name, epoch, ())
    with step(context.emit, "refine", table.name, "rows out of quarantine") as report:
        with (
            pinned(held) as rows,
            evaluated(context, table, rows) as judged,
            pinned(judged.where("size(__rules) = 0").select(*ROW_ID)) as names,
        ):
            if names.count():
                report.accounting = _merge_and_mark(context, table, work, rows, names)
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
    keep_released(context, table, names)
    context.ledger.begin_work(work, context.run)
    passed = held.join(names, list(ROW_ID), "left_semi")
    marking = _marking(context, table, work)
    return total(run_work(context, table, work, passed, rebuild=False, before_record=marking).values())


def _marking(context: Context, table: SilverTable, work: Work) -> Callable[[dict[str, Accounting]], None]:
    def mark(accounting: dict[str, Accounting]) -> None:
        mark_replayed(context, table, work, released_rows(context, table), counts_of(accounting))

    return mark
