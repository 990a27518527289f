"""What stood against a run: its failed checks, each with the SQL that reproduces it and some of the rows behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyspark.errors import PySparkException

from lakehouse_pipeline.answer import answer_rows
from lakehouse_pipeline.build import standing_query
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.database import Row
from lakehouse_pipeline.evidence import Evidence, batch_relation, evidence
from lakehouse_pipeline.gate.daily import DAILY
from lakehouse_pipeline.kept_candidates import Kept, kept_candidate
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import Check, GoldTable, SilverTable
from lakehouse_pipeline.shown_quarantine import show_quarantine
from lakehouse_pipeline.sql import NameOf
from lakehouse_pipeline.warehouse import string_literal

_RUNS_NAMED = 5


@dataclass(frozen=True)
class Judged:
    """What a check judged: how people name it, how Spark finds it here, and what changed of it since, in words."""

    name: str
    relation: str
    note: str | None


def show_audit(context: Context, run: str | None, limit: int) -> dict[str, object]:
    """The audit of a run, or of the last one that judged something; `limit` rows a check.

    Raises LakehouseError LH2206 where no such run was audited.
    """
    found = _run(context, run)
    rows = context.ledger.rows("select * from check_results where run = ? order by table_name, severity, check_id, batch", str(found["id"]))
    failed = [row for row in rows if not row["passed"]]
    return {
        "run": {name: found[name] for name in ("id", "domain", "status", "started_at", "finished_at", "release")},
        "judged": len(rows),
        "checks": [_shown(context, row, limit) for row in failed],
    }


def _run(context: Context, run: str | None) -> Row:
    audited = "select * from runs where id in (select run from check_results)"
    newest = "order by started_at desc, id desc limit 1"
    found = context.ledger.rows(f"{audited} {newest}") if run is None else context.ledger.rows(f"{audited} and id = ?", run)
    if found:
        return found[0]
    last = context.ledger.rows(f"{audited} order by started_at desc, id desc limit {_RUNS_NAMED}")
    known = ", ".join(f"{row['id']} ({row['domain']}, {row['status']})" for row in last)
    there = run is not None and context.ledger.rows("select id from runs where id = ?", run)
    message = "it ended before anything was audited." if there else "no run of that name was audited."
    raise LakehouseError("LH2206", run or "audit", message, f"The last that were: {known}." if known else "Run a domain first.")


def _shown(context: Context, row: Row, limit: int) -> dict[str, object]:
    table = context.tables.get(row["table_name"])
    facts = {
        "check": row["check_id"],
        "table": row["table_name"],
        "batch": row["batch"],
        "severity": row["severity"],
        "dimension": row["dimension"],
        "actual": row["actual"],
        "expected": row["expected"],
        "description": row["description"],
    }
    if table is None:
        return {**facts, "sql": None, "rows": [], "note": "the plan does not have the table any more."}
    if isinstance(table, SilverTable) and row["check_id"] == f"{table.name}/maxQuarantine":
        return {**facts, **_quarantined(context, table, row["batch"], limit)}
    judged = _judged(context, table, row)
    if judged is None:
        note = "a Python model makes the rows of a batch, so no SQL does."
        return {**facts, "sql": None, "rows": [], "note": note}
    check = _check_of(table, row)
    if check is None:
        counts_rows = row["check_id"].endswith("/profile_row_count")
        return {**facts, "sql": f"select count(*) from {judged.name}" if counts_rows else None, "rows": [], "note": judged.note}
    printed = evidence(check, judged.name, _printed_names(context))
    sample, trouble = _sample(context, evidence(check, judged.relation, _located_names(context)), limit)
    return {**facts, "sql": printed.query, "rows": sample, "note": trouble or judged.note}


def _quarantined(context: Context, table: SilverTable, batch: str, limit: int) -> dict[str, object]:
    """From the row accounting, which everyone may read; the rows from quarantine."""
    sql = (
        "select 100.0 * sum(case when step in ('refine', 'backfill') then quarantined + waiting else -read end)"
        " / sum(case when step in ('refine', 'backfill') then read else 0 end) from ops.row_accounting"
        f" where table_name = {string_literal(table.name)} and batch = {string_literal(batch)} and step <> 'superseded'"
    )
    rows = show_quarantine(context, table, None, limit, batch)
    shown = [{"row": row["row"], "rules": row["rules"], "payload": row["payload"]} for row in rows]
    return {"sql": sql, "rows": shown, "note": None}


def _judged(context: Context, table: SilverTable | GoldTable, row: Row) -> Judged | None:
    if row["batch"] is not None and isinstance(table, SilverTable):
        printed = batch_relation(table, row["batch"], lambda name: name)
        located = batch_relation(table, row["batch"], context.name_of)
        return Judged(printed, located, None) if printed and located else None
    if row["check_id"].startswith(DAILY):
        return Judged(table.name, context.name_of(table.name), "a daily check; the rows are those of now.")
    if isinstance(table, GoldTable):
        return _judged_candidate(context, table, row["run"])
    last = context.ledger.rows("select run from verdicts where table_name = ?", table.name)
    later = last[0]["run"] if last else row["run"]
    note = None if later == row["run"] else f"run {later} judged the table since; the rows are those of now."
    return Judged(table.name, context.name_of(table.name), note)


def _judged_candidate(context: Context, table: GoldTable, run: str) -> Judged:
    kept = kept_candidate(context, table)
    if kept is None:
        return Judged(table.name, context.name_of(table.name), "its candidate was published or dropped; the rows are those of gold.")
    note = None if kept.run == run else f"run {kept.run} built another candidate since; the rows are of that one."
    return Judged(_staging(table), f"({standing_query(context, kept.candidate)})", note)


def _check_of(table: SilverTable | GoldTable, row: Row) -> Check | None:
    """The contract's check behind a result; one of DQOps' names it before the colon of its description."""
    rule = re.split(r": ", row["description"], maxsplit=1)[0] if row["check_id"].startswith(("dqops/", DAILY)) else row["check_id"]
    return next((check for check in table.checks if check.id == rule), None)


def _printed_names(context: Context) -> NameOf:
    def name_of(name: str) -> str:
        table = context.tables.get(name)
        return _staging(table) if isinstance(table, GoldTable) and kept_candidate(context, table) else name

    return name_of


def _located_names(context: Context) -> NameOf:
    def name_of(name: str) -> str:
        table = context.tables.get(name)
        kept: Kept | None = kept_candidate(context, table) if isinstance(table, GoldTable) else None
        return f"({standing_query(context, kept.candidate)})" if kept else context.name_of(name)

    return name_of


def _staging(table: GoldTable) -> str:
    return f"staging.{table.name.split('.', 1)[1]}"


def _sample(context: Context, found: Evidence, limit: int) -> tuple[list[dict[str, object]], str | None]:
    """Some of the rows, or why there are none."""
    if found.rows is None or limit == 0:
        return [], None
    try:
        rows = context.spark.sql(f"select * from (\n{found.rows}\n) limit {limit}")
        return [dict(zip(rows.columns, row, strict=True)) for row in answer_rows(rows)], None
    except PySparkException as error:
        return [], f"its rows cannot be read: {str(error).strip().splitlines()[0]}"
