"""Looking without changing: the state of tables and runs, one query."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.errors import AnalysisException, ParseException

from lakehouse_pipeline.answer import answer_rows
from lakehouse_pipeline.build import gold_action, standing_query
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import data_version, exists, history, open_table, state
from lakehouse_pipeline.held import Holder
from lakehouse_pipeline.kept_candidates import kept_candidate
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.record import OPS_TABLES
from lakehouse_pipeline.schema.plan import GoldTable
from lakehouse_pipeline.shown_quarantine import list_quarantine
from lakehouse_pipeline.silver_table import ROLLBACK_HOURS

# Audits that people set aside and that led to a release, the newest first.
_OVERRIDES = (
    "select o.overridden as run, o.domain, o.by_whom, o.reason, o.overridden_at, r.id as release from overrides o"
    " join releases r on r.run = o.run and r.status = 'published' order by o.overridden_at desc limit 5"
)
LAYERS = ("bronze", "silver", "gold", "quarantine", "ops")
_QUERIES = ("select", "with", "values", "table", "from")
_DESCRIPTIONS = ("show", "describe", "desc", "explain")
_NAMED = re.compile(rf"\b(?:{'|'.join(LAYERS)})\.[A-Za-z0-9_]+")
_CANDIDATES = re.compile(r"\bstaging\.([A-Za-z0-9_]+)")


def status(context: Context, holder_of: Callable[[str], Holder | None]) -> dict[str, object]:
    """Tables with their versions and sizes, the last runs, locks, quarantine. Reads logs only, starts no JVM."""
    names = [source.table for source in context.plan.sources] + [table.name for table in context.plan.tables]
    names += OPS_TABLES
    runs = context.ledger.rows(
        "select id, domain, status, started_at, finished_at, message, release from runs order by started_at desc limit 10"
    )
    locks = {domain.name: holder_of(domain.name) for domain in context.plan.domains}
    return {
        "tables": [_table(context, name) for name in names if exists(context.warehouse.location(name))],
        "runs": [dict(run) for run in runs],
        "locks": {domain: holder for domain, holder in locks.items() if holder},
        "rollbackWindowHours": ROLLBACK_HOURS,
        "quarantine": list_quarantine(context),
        "overrides": [dict(row) for row in context.ledger.rows(_OVERRIDES)],
    }


def _table(context: Context, name: str) -> dict[str, object]:
    location = context.warehouse.location(name)
    files = open_table(location).get_add_actions(flatten=True)
    commit = next(commit for commit in history(location) if commit.version == data_version(location))
    table = context.tables.get(name)
    return {
        "table": name,
        "version": open_table(location).version(),
        "rows": _sum(files, "num_records"),
        "bytes": _sum(files, "size_bytes"),
        "changedAt": datetime.fromtimestamp(commit.timestamp_ms / 1000).astimezone().isoformat(timespec="seconds"),
        "fingerprintCurrent": state(location).get("fingerprint") == table.fingerprint if table else True,
        "release": state(location).get("release"),
        "upToDate": gold_action(context, table, set()).kind == "nothing" if isinstance(table, GoldTable) else True,
    }


def _sum(files: object, column: str) -> int:
    values = pa.table(files)[column]
    return int(pc.sum(values).as_py() or 0)


def query(context: Context, sql: str, limit: int | None = None) -> dict[str, object]:
    """Columns and rows of one read-only query over the tables of the lakehouse; with `limit`, so many rows at most and one more.

    The one more tells that there are others.

    Raises LakehouseError LH2203 where the statement is no query, LH2205 where Spark does not accept it.
    """
    statement = sql.strip().rstrip(";")
    kind = re.match(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*(\w+)", statement, re.DOTALL)
    word = kind.group(1).lower() if kind else ""
    if word not in (*_QUERIES, *_DESCRIPTIONS):
        raise LakehouseError("LH2203", "query", "only queries are answered here.", "Write a select; tables change by a run alone.")
    for name in sorted(set(_NAMED.findall(statement))):
        _register(context, name)
    for name in sorted(set(_CANDIDATES.findall(statement))):
        _show_candidate(context, name)
    # As a subquery it can be nothing but a query: `with … insert into …` is refused.
    try:
        rows = context.spark.sql(f"select * from (\n{statement}\n)" if word in _QUERIES else statement)
    except (AnalysisException, ParseException) as error:
        raise LakehouseError("LH2205", "query", str(error).strip().splitlines()[0], "Mend the query.") from None
    return {
        "columns": [{"name": field.name, "type": field.dataType.simpleString()} for field in rows.schema.fields],
        "rows": answer_rows(rows if limit is None else rows.limit(limit + 1)),
    }


def _register(context: Context, name: str) -> None:
    location = context.warehouse.location(name)
    if not exists(location):
        known = ", ".join(sorted(table for table in context.tables if exists(context.warehouse.location(table))))
        raise LakehouseError("LH2204", name, "there is no such table yet.", f"There are: {known or 'none; run a domain first'}.")
    layer = name.split(".")[0]
    context.spark.sql(f"create database if not exists {layer}")
    context.spark.sql(f"create table if not exists {name} using delta location '{location}'")


def _show_candidate(context: Context, name: str) -> None:
    """Makes `staging.<name>` the gold table as it would stand if its candidate were published."""
    table = context.tables.get(f"gold.{name}")
    kept = kept_candidate(context, table) if isinstance(table, GoldTable) else None
    if kept is None:
        raise LakehouseError(
            *("LH2204", f"staging.{name}", "no gold table has a candidate of that name that waits."),
            f"A candidate is kept until it is published or replaced; gold.{name} is what is published.",
        )
    context.spark.sql("create database if not exists staging")
    context.spark.sql(f"create or replace view staging.{name} as {standing_query(context, kept.candidate)}")
