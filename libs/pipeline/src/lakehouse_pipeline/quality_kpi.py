"""Quality in numbers: of all checks judged on a day, how many passed; by table, dimension and team."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lakehouse_pipeline.ledger import Ledger
from lakehouse_pipeline.schema.plan import Plan


@dataclass(frozen=True)
class Kpi:
    """Checks of a table and dimension on a day (UTC, `2026-03-01`), each as often as it was judged."""

    day: str
    table: str
    dimension: str
    domain: str
    team: str
    judged: int
    passed: int
    warned: int
    failed: int

    @property
    def percent(self) -> float:
        return 100.0 * self.passed / self.judged


def days_of(ledger: Ledger, run: str) -> list[str]:
    """The days on which a run judged something."""
    found = ledger.rows("select distinct substr(checked_at, 1, 10) as day from check_results where run = ? order by day", run)
    return [row["day"] for row in found]


def kpis(ledger: Ledger, plan: Plan, days: Collection[str]) -> list[Kpi]:
    """The numbers of some days, from all that was judged on them."""
    owners: Mapping[str, tuple[str, str]] = {table.name: (table.domain, table.team) for table in plan.tables}
    marks = ", ".join("?" for _ in days)
    found = ledger.rows(
        "select substr(checked_at, 1, 10) as day, table_name, coalesce(dimension, 'other') as dimension, count(*) as judged,"
        " sum(passed) as passed, sum(case when passed = 0 and severity = 'warning' then 1 else 0 end) as warned,"
        " sum(case when passed = 0 and severity = 'error' then 1 else 0 end) as failed from check_results"
        f" where substr(checked_at, 1, 10) in ({marks}) group by 1, 2, 3 order by 1, 2, 3",
        *days,
    )
    return [
        Kpi(
            *(row["day"], row["table_name"], row["dimension"], *owners.get(row["table_name"], ("", ""))),
            *(row["judged"], row["passed"], row["warned"], row["failed"]),
        )
        for row in found
    ]
