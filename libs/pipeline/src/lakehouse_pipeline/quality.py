"""The state of the nation: per table its last verdict, its numbers, what is in quarantine, how fresh it is, what is wrong."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from lakehouse_pipeline.comparison import expectation, passes
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.database import Row
from lakehouse_pipeline.incidents import downstream, list_incidents
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.quality_kpi import kpis
from lakehouse_pipeline.schema.plan import AgeMeasure, GoldTable, SilverTable
from lakehouse_pipeline.shown_quarantine import list_quarantine

KPI_DAYS = 30
"""The last days that a table's number is of."""


def quality(context: Context, name: str | None) -> dict[str, object]:
    """What is known of the quality of all tables, or of one, from the ledger and the tables' logs. Starts no JVM.

    Raises LakehouseError LH2208 where the plan has no such table.
    """
    tables = [table for table in context.tables.values() if name in (None, table.name, table.name.split(".", 1)[1])]
    if not tables:
        raise LakehouseError("LH2208", name or "", "the plan has no such table.", f"It has: {', '.join(context.tables)}.")
    moment = datetime.now(timezone.utc)
    names = {table.name for table in tables}
    standing = [row for row in list_incidents(context.ledger) if name is None or row["table_name"] in names]
    behind: dict[str, list[str]] = {}
    for row in standing:
        for affected in downstream(context.plan, row["table_name"]):
            behind.setdefault(affected, []).append(row["id"])
    held = {str(entry["table"]): entry for entry in list_quarantine(context)}
    percents = _percents(context, moment)
    return {
        "days": KPI_DAYS,
        "tables": [
            {
                "table": table.name,
                "domain": table.domain,
                "team": table.team,
                "verdict": _verdict(context, table.name),
                "kpi": percents.get(table.name),
                "quarantine": held.get(table.name),
                "freshness": _freshness(context, table, moment),
                # Of the table, and of those that it is made of.
                "incidents": behind.get(table.name, [row["id"] for row in standing if row["table_name"] == table.name]),
            }
            for table in tables
        ],
        "incidents": [_described(context, row) for row in standing],
    }


def _verdict(context: Context, table: str) -> dict[str, object] | None:
    """The last audit of a table; None where it was never judged."""
    # Daily checks are no audit.
    audits = "select run from check_results where table_name = ? and substr(check_id, 1, 6) <> 'daily/' order by checked_at desc limit 1"
    last = context.ledger.rows(audits, table)
    if not last:
        return None
    rows = context.ledger.rows("select * from check_results where run = ? and table_name = ? order by check_id", last[0]["run"], table)
    failed = [row for row in rows if not row["passed"] and row["severity"] == "error"]
    warned = [row for row in rows if not row["passed"] and row["severity"] != "error"]
    names = ("check_id", "batch", "severity", "actual", "expected", "description")
    return {
        "run": rows[0]["run"],
        "at": max(row["checked_at"] for row in rows),
        "state": "failed" if failed else "warned" if warned else "passed",
        "judged": len(rows),
        "failed": len(failed),
        "warned": len(warned),
        "checks": [{("check" if name == "check_id" else name): row[name] for name in names} for row in [*failed, *warned]],
    }


def _percents(context: Context, moment: datetime) -> dict[str, float]:
    days = [(moment - timedelta(days=days)).date().isoformat() for days in range(KPI_DAYS)]
    sums: dict[str, tuple[int, int]] = {}
    for kpi in kpis(context.ledger, context.plan, days):
        passed, judged = sums.get(kpi.table, (0, 0))
        sums[kpi.table] = (passed + kpi.passed, judged + kpi.judged)
    return {table: 100.0 * passed / judged for table, (passed, judged) in sums.items()}


def _freshness(context: Context, table: SilverTable | GoldTable, moment: datetime) -> dict[str, object] | None:
    """The service level that the contract promises, and how old the newest row is now; None where it promises none."""
    found = next(((check, check.measure) for check in table.checks if isinstance(check.measure, AgeMeasure)), None)
    if found is None:
        return None
    check, measure = found
    last = context.ledger.rows(
        "select actual, checked_at from check_results where check_id = ? and actual is not null order by checked_at desc limit 1", check.id
    )
    if not last:
        return {"hours": None, "expected": expectation(check), "passed": None}
    # Each change of the table is audited, so its newest row is the one that was measured then.
    since = (moment - datetime.fromisoformat(last[0]["checked_at"])).total_seconds()
    age = last[0]["actual"] + since / measure.unit_seconds
    hours = round(age * measure.unit_seconds / 3600, 1)
    return {"hours": hours, "expected": expectation(check), "passed": passes(check.comparison, age)}


def _described(context: Context, row: Row) -> dict[str, object]:
    names = ("id", "source", "dimension", "severity", "status", "description", "run")
    return {
        **{name: row[name] for name in names},
        "table": row["table_name"],
        "failedChecks": row["failed_checks"],
        "firstSeen": row["first_seen"],
        "lastSeen": row["last_seen"],
        "by": row["by_whom"],
        "downstream": downstream(context.plan, row["table_name"]),
    }
