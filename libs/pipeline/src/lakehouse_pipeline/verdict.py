"""Whether a silver table has passed its audit as it stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.database import Statement
from lakehouse_pipeline.delta import data_version, exists
from lakehouse_pipeline.ledger_rows import now, upsert
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import GoldTable, SilverTable
from lakehouse_pipeline.silver_table import silver_state

_COLUMNS = ("table_name", "version", "rules", "batches", "passed", "run", "judged_at")


@dataclass(frozen=True)
class Judged:
    """What an audit judges of a silver table: its rows at a version, under rules, and the batches that no release stands on yet."""

    version: int
    rules: str
    batches: frozenset[str]


def judged(context: Context, table: SilverTable) -> Judged:
    """What there is to judge of a table now. Needs no Spark."""
    location = context.warehouse.location(table.name)
    epoch = silver_state(table, location).epoch
    return Judged(data_version(location), rules_of(table), frozenset(context.ledger.unreleased(table.name, epoch)))


def rules_of(table: SilverTable | GoldTable) -> str:
    """A digest of all that the plan says of a table."""
    return hashlib.sha256(table.model_dump_json(by_alias=True).encode()).hexdigest()


def set_verdict(context: Context, table: SilverTable, what: Judged, passed: bool) -> None:
    row = (table.name, what.version, what.rules, json.dumps(sorted(what.batches)), int(passed), context.run, now())
    context.ledger.write(Statement(upsert("verdicts", _COLUMNS, ("table_name",)), [row]))


def standing_verdict(context: Context, table: SilverTable) -> bool | None:
    """Whether the table passed as it stands; None where it changed since it was judged: its rows, its rules or its batches."""
    found = context.ledger.rows("select * from verdicts where table_name = ?", table.name)
    if not found:
        return None
    what = judged(context, table)
    row = found[0]
    if (row["version"], row["rules"]) != (what.version, what.rules) or not what.batches <= set(json.loads(row["batches"])):
        return None
    return bool(row["passed"])


def tables_to_audit(context: Context, touched: Collection[str] = ()) -> list[SilverTable]:
    """Tables that changed or did not pass, and those with batches that no release stands on yet: their verdict is still open."""
    location = context.warehouse.location
    return [
        table
        for table in context.silver
        if exists(location(table.name))
        and (
            table.name in touched
            or context.ledger.unreleased(table.name, silver_state(table, location(table.name)).epoch)
            or not standing_verdict(context, table)
        )
    ]


def verdicts(context: Context) -> dict[str, bool | None]:
    """The standing verdict of each silver table of the domain."""
    tables = [table for table in context.silver if exists(context.warehouse.location(table.name))]
    return {table.name: standing_verdict(context, table) for table in tables}


def all_passed(context: Context) -> bool:
    """Whether every silver table of the domain passed as it stands; nothing may be built on one that did not.

    Raises LakehouseError LH2117 where one was not judged yet.
    """
    found = verdicts(context)
    unjudged = [name for name, passed in found.items() if passed is None]
    if unjudged:
        raise LakehouseError("LH2117", ", ".join(unjudged), "it has changed since it was audited.", "Run `audit` first, then this again.")
    return all(found.values())
