"""What is wrong with tables: an incident opens with the first failed check and is resolved when the checks pass again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lakehouse_pipeline.database import Row, Statement, statement
from lakehouse_pipeline.ledger import Ledger
from lakehouse_pipeline.ledger_rows import now, upsert
from lakehouse_pipeline.schema.plan import GoldTable, Plan

OPEN = "open"
ACKNOWLEDGED = "acknowledged"
RESOLVED = "resolved"
MUTED = "muted"
STATES = (OPEN, ACKNOWLEDGED, RESOLVED, MUTED)
STANDING = (OPEN, ACKNOWLEDGED)
"""States of an incident that is still there."""
_COLUMNS = (
    *("id", "source", "domain", "table_name", "dimension", "severity", "status", "description", "failed_checks", "run"),
    *("first_seen", "last_seen", "by_whom", "resolved_at", "projected"),
)


@dataclass(frozen=True)
class Failure:
    """A failed check of severity error, as far as an incident tells of it."""

    table: str
    dimension: str | None
    check: str
    description: str


def note_verdict(ledger: Ledger, domain: str, run: str, tables: Collection[str], failures: Sequence[Failure]) -> None:
    """Opens an incident for each table and dimension that fails now, goes on with those that stand, resolves those that pass.

    `tables`: all that were judged. An incident that a person acknowledged stays so until it is resolved.
    """
    if not tables:
        return
    moment = now()
    groups: dict[tuple[str, str], list[Failure]] = {}
    for failure in failures:
        groups.setdefault((failure.table, failure.dimension or "other"), []).append(failure)
    marks = ", ".join("?" for _ in tables)
    found = ledger.rows(
        f"select * from incidents where source = 'gate' and status in ('open', 'acknowledged') and table_name in ({marks})", *tables
    )
    standing = {(row["table_name"], row["dimension"]): row for row in found}
    resolved = [(RESOLVED, moment, row["id"]) for key, row in standing.items() if key not in groups]
    rows = [_row(standing.get(key), domain, run, key, group, moment) for key, group in groups.items()]
    if rows or resolved:
        ledger.write(
            Statement("update incidents set status = ?, resolved_at = ?, projected = 0 where id = ?", resolved),
            Statement(upsert("incidents", _COLUMNS, ("id",)), rows),
        )


def acknowledge_overridden(run: str, by: str) -> Statement:
    """The statement that has a person know of the incidents of a run whose verdict they set aside."""
    changes = "update incidents set status = 'acknowledged', by_whom = ?, projected = 0"
    return statement(f"{changes} where run = ? and source = 'gate' and status = 'open'", by, run)


def set_status(ledger: Ledger, incident: str, status: str, by: str) -> bool:
    """A person acknowledges, resolves or mutes an incident; False where none of that id stands."""
    if not ledger.rows("select id from incidents where id = ? and status in ('open', 'acknowledged')", incident):
        return False
    resolved = now() if status == RESOLVED else None
    changes = "update incidents set status = ?, by_whom = ?, resolved_at = ?, projected = 0 where id = ?"
    ledger.write(statement(changes, status, by, resolved, incident))
    return True


def put_incident(ledger: Ledger, row: Sequence[object]) -> None:
    """An incident that another program tells of, such as DQOps; the columns are those of the ledger up to `resolved_at`."""
    ledger.write(Statement(upsert("incidents", _COLUMNS, ("id",)), [(*row, 0)]))


def list_incidents(ledger: Ledger, standing_only: bool = True) -> list[Row]:
    """Incidents, the newest first."""
    condition = "where status in ('open', 'acknowledged')" if standing_only else ""
    return ledger.rows(f"select * from incidents {condition} order by last_seen desc, id")


def downstream(plan: Plan, table: str) -> list[str]:
    """The gold tables that are made of a table, by way of others too, in the plan's order; a gold table is among its own."""
    found = {table}
    gold = [entry for entry in plan.tables if isinstance(entry, GoldTable)]
    for entry in gold:
        if found & set(entry.inputs):
            found.add(entry.name)
    return [entry.name for entry in gold if entry.name in found]


def _row(standing: Row | None, domain: str, run: str, key: tuple[str, str], group: Sequence[Failure], moment: str) -> tuple[object, ...]:
    table, dimension = key
    checks = sorted({failure.check for failure in group})
    description = f"{checks[0]}: {group[0].description}" + (f" (and {len(checks) - 1} more)" if len(checks) > 1 else "")
    kept = standing or {"id": f"gate/{table}/{dimension}/{run}", "status": OPEN, "first_seen": moment, "by_whom": None}
    facts = ("gate", domain, table, dimension, "error", kept["status"], description[:500], len(checks), run)
    return (kept["id"], *facts, kept["first_seen"], moment, kept["by_whom"], None, 0)
