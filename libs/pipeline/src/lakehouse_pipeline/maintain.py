"""Housekeeping: small files are compacted, rows past their retention deleted, files past the rollback window freed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pyarrow as pa
from pyarrow import fs

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import commit_as, exists, open_table, state
from lakehouse_pipeline.events import step
from lakehouse_pipeline.kept_candidates import drop_candidate
from lakehouse_pipeline.known_tables import table_names
from lakehouse_pipeline.landing.storage import open_storage, remove_folder
from lakehouse_pipeline.schema.plan import GoldTable
from lakehouse_pipeline.silver_table import ROLLBACK_HOURS
from lakehouse_pipeline.warehouse import column_identifier, sql_identifier
from lakehouse_pipeline.warm_gold import hold_anew

SMALL_FILE_BYTES = 1024 * 1024
# Files stay small enough that reads of a few days or keys still skip most of a table.
COMPACTED_FILE_BYTES = 8 * 1024 * 1024
# Fewer small files than this cost less to read than their compaction costs to write.
MOST_SMALL_FILES = 16

Action = dict[str, object]


def maintain(context: Context, dry_run: bool) -> list[Action]:
    """Does what is due, or with `dry_run` only says it: table, action and detail of each."""
    actions: list[Action] = []
    for name in [name for name in table_names(context) if exists(context.warehouse.location(name))]:
        for action, detail, carry_out in _due(context, name):
            actions.append({"table": name, "action": action, "detail": detail})
            if not dry_run:
                with step(context.emit, "maintain", name, detail) as report:
                    carry_out()
                    report.detail = f"{action}: {detail}"
    if not dry_run:
        changed = {str(action["table"]) for action in actions if action["action"] in ("expire", "compact")}
        hold_anew(context, [name for name in sorted(changed) if isinstance(context.tables.get(name), GoldTable)])
    for run, age in _old_candidates(context):
        actions.append({"table": "staging", "action": "remove", "detail": f"candidates of run {run}, {age:.0f} hours old"})
        if not dry_run:
            for row in context.ledger.rows("select table_name, location from candidates"):
                if str(row["location"]).startswith(f"{context.warehouse.staging}/{run}/"):
                    drop_candidate(context, row["table_name"])
            remove_folder(open_storage(context.warehouse.staging), run)
    return actions


def _due(context: Context, name: str) -> list[tuple[str, str, Callable[[], None]]]:
    location = context.warehouse.location(name)
    due: list[tuple[str, str, Callable[[], None]]] = []
    table = context.tables.get(name)
    if table is not None and table.retention is not None:
        oldest = context.as_of - timedelta(days=table.retention.days)
        condition = f"{column_identifier(table.retention.column)} < timestamp'{oldest.isoformat()}'"
        rows = int(context.spark.sql(f"select count(*) from {sql_identifier(location)} where {condition}").collect()[0][0])
        if rows:
            due.append(
                (
                    "expire",
                    f"{rows} rows older than {table.retention.days:g} days",
                    lambda: _expire(context, location, condition),
                )
            )
    sizes = pa.table(open_table(location).get_add_actions(flatten=True))["size_bytes"].to_pylist()
    small = [int(size) for size in sizes if size is not None and size < SMALL_FILE_BYTES]
    if len(small) > MOST_SMALL_FILES:
        due.append(("compact", f"{len(small)} small files, {sum(small)} bytes", lambda: _compact(context, name)))
    expired = open_table(location).vacuum(retention_hours=ROLLBACK_HOURS, dry_run=True)
    if expired:
        due.append(("vacuum", f"{len(expired)} files older than {ROLLBACK_HOURS} hours", lambda: _vacuum(context, name)))
    return due


def _expire(context: Context, location: str, condition: str) -> None:
    kept = {key: value for key, value in state(location).items() if key != "commit"}
    with commit_as(context.spark, f"expire/{context.run}/{location}", kept):
        context.spark.sql(f"delete from {sql_identifier(location)} where {condition}").collect()


def _compact(context: Context, name: str) -> None:
    location = context.warehouse.location(name)
    if name.startswith("ops."):
        open_table(location).optimize.compact()
    else:
        context.spark.conf.set("spark.databricks.delta.optimize.minFileSize", str(SMALL_FILE_BYTES))
        context.spark.conf.set("spark.databricks.delta.optimize.maxFileSize", str(COMPACTED_FILE_BYTES))
        context.spark.sql(f"optimize {sql_identifier(location)}").collect()


def _vacuum(context: Context, name: str) -> None:
    location = context.warehouse.location(name)
    if name.startswith("ops."):
        open_table(location).vacuum(retention_hours=ROLLBACK_HOURS, dry_run=False)
    else:
        context.spark.sql(f"vacuum {sql_identifier(location)} retain {ROLLBACK_HOURS} hours").collect()


def _old_candidates(context: Context) -> list[tuple[str, float]]:
    """Runs whose candidates are past the rollback window, with the age in hours of the newest file of each."""
    storage = open_storage(context.warehouse.staging)
    newest: dict[str, int] = {}
    # An object store knows no times of folders.
    for info in storage.filesystem.get_file_info(fs.FileSelector(storage.base, allow_not_found=True, recursive=True)):
        run = info.path[len(storage.base) + 1 :].split("/")[0]
        newest[run] = max(newest.get(run, 0), info.mtime_ns or 0)
    ages = [(run, (time.time() - moment / 1e9) / 3600) for run, moment in newest.items()]
    return sorted((run, age) for run, age in ages if age > ROLLBACK_HOURS)
