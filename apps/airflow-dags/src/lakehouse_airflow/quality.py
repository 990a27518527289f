"""`<domain>__quality`: DQOps' checks of each day over the published tables of a domain."""

from __future__ import annotations

from airflow.sdk import DAG

from lakehouse_airflow.assets import table_asset
from lakehouse_airflow.current_plan import DomainPlan
from lakehouse_airflow.defaults import by_time, dag_settings
from lakehouse_airflow.names import dag_id
from lakehouse_airflow.runtime_operator import RuntimeOperator
from lakehouse_pipeline.schema.plan import GoldTable, SilverTable

# At noon the night's data are there, and somebody is there to look.
_SCHEDULE = "0 12 * * *"


def quality_dag(plan: DomainPlan) -> DAG:
    """Once a day. What fails opens an incident and blocks nothing: the tables are published already. Without DQOps its task is skipped."""
    tables: list[SilverTable | GoldTable] = [*plan.silver, *plan.gold]
    title = f"Has DQOps look at the tables of {plan.name} once a day: history, anomalies, freshness, drift, and the contract's rules again."
    with DAG(
        dag_id(plan.name, "quality"),
        schedule=by_time(_SCHEDULE),
        **dag_settings(plan, "quality", title),
    ) as dag:
        checks = RuntimeOperator(
            task_id="checks",
            verb="check-daily",
            domain=plan.name,
            plan_hash=plan.hash,
            inlets=[table_asset(table.name, plan.name) for table in tables],
            doc_md="Starts the daily checks of each table in DQOps, waits for them, and keeps their results. They change no table.",
        )
        record = RuntimeOperator(
            task_id="record",
            verb="record",
            domain=plan.name,
            plan_hash=plan.hash,
            is_last=True,
            doc_md="Brings results, quality by day and incidents into the tables of ops.",
        )
        # A teardown leaves the state of the DAG run to the checks; what is not recorded now goes with the next run.
        record.as_teardown()
        checks >> record
    return dag
