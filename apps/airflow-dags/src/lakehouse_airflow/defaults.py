"""What all DAGs have in common: who owns them, how often and how long they try, what becomes of a failure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import CronTriggerTimetable

from lakehouse_airflow.current_plan import DomainPlan
from lakehouse_airflow.documentation import dag_documentation
from lakehouse_airflow.failure import on_failure
from lakehouse_airflow.names import pool_of

_RETRIES = {
    "retries": 3,
    "retry_delay": timedelta(seconds=30),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=10),
}


def by_time(schedule: str) -> CronTriggerTimetable:
    """A schedule in cron's words, in UTC, which a new DAG begins with its next time.

    Without the zero a DAG that is seen soon after one of its times runs at once, which is when the data of a new domain come in.
    """
    return CronTriggerTimetable(schedule, timezone="UTC", run_immediately=timedelta(0))


def dag_settings(plan: DomainPlan, kind: str, title: str) -> dict[str, Any]:
    """The arguments that the DAGs of a domain share. `kind`: what the DAG does, in one word; `title`: in one sentence."""
    domain = plan.domain
    return {
        "description": title,
        "doc_md": dag_documentation(plan, title),
        "tags": {plan.name, kind, f"team:{domain.team}"},
        "catchup": False,
        "max_active_runs": 1,
        "dagrun_timeout": timedelta(hours=12),
        "owner_links": {domain.team: f"mailto:{domain.owners[0]}"} if domain.owners and "@" in domain.owners[0] else {},
        "default_args": task_settings(domain.team, pool_of(plan.name)),
    }


def task_settings(team: str, pool: str) -> dict[str, Any]:
    """The arguments that tasks share: of whom they are, where they queue, and how they are tried again."""
    return {"owner": team, "pool": pool, "execution_timeout": timedelta(hours=4), "on_failure_callback": on_failure, **_RETRIES}
