"""The plan that a version of the DAG bundle carries beside its DAG files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from airflow.sdk import get_parsing_context

from lakehouse_pipeline.plan_file import read_plan
from lakehouse_pipeline.schema.plan import DatabaseSource, Domain, FileSource, GoldTable, HttpSource, Plan, SilverTable

PLAN_FILE = "lakehouse.json"
PROBLEM_FILE = "problem.txt"

Source = FileSource | DatabaseSource | HttpSource


class DomainPlan:
    """All that a plan says of one domain, in the plan's order."""

    def __init__(self, plan: Plan, domain: Domain) -> None:
        self.domain = domain
        self.name = domain.name
        self.hash = plan.hash
        self.sources = [source for source in plan.sources if source.domain == domain.name]
        self.silver = [table for table in plan.tables if isinstance(table, SilverTable) and table.domain == domain.name]
        self.gold = [table for table in plan.tables if isinstance(table, GoldTable) and table.domain == domain.name]
        self.domain_of = {table.name: table.domain for table in plan.tables}
        foreign = [table for table in plan.tables if isinstance(table, GoldTable) and table.domain != domain.name]
        read = {name for table in foreign for name in table.inputs}
        self.gold_read_elsewhere = [table.name for table in self.gold if table.name in read]

    @property
    def fingerprint(self) -> str:
        """Changes with all that decides what the domain's tables hold and how they are judged."""
        parts: Iterable[Source | SilverTable | GoldTable] = [*self.sources, *self.silver, *self.gold]
        return hashlib.sha256("\n".join(part.model_dump_json(exclude={"schedule"}) for part in parts).encode()).hexdigest()


def domain_plans(dag_file: str) -> list[DomainPlan]:
    """The domains of the plan beside a DAG file, none where no plan was applied yet.

    Where Airflow wants one DAG alone, to run a task of it, the domain of that DAG.
    """
    file = Path(dag_file).with_name(PLAN_FILE)
    if not file.exists():
        return []
    plan = read_plan(str(file))
    wanted = get_parsing_context().dag_id
    return [DomainPlan(plan, domain) for domain in plan.domains if wanted is None or wanted.startswith(f"{domain.name}__")]


def plan_hash(dag_file: str) -> str | None:
    """The hash of the plan beside a DAG file, None where no plan was applied yet."""
    file = Path(dag_file).with_name(PLAN_FILE)
    return read_plan(str(file)).hash if file.exists() else None


def require_good_plan(dag_file: str) -> None:
    """Raises PlanProblemError where the applied plan cannot be used and the DAGs are still those of the last good one."""
    file = Path(dag_file).with_name(PROBLEM_FILE)
    if file.exists():
        raise PlanProblemError(file.read_text(encoding="utf-8"))


class PlanProblemError(Exception):
    """The plan that was applied cannot be used."""
