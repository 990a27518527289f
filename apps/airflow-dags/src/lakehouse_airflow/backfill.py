"""`<domain>__backfill`: refines the landed batches of a range of days again."""

from __future__ import annotations

from airflow.sdk import DAG, Param

from lakehouse_airflow.assets import domain_asset, table_asset
from lakehouse_airflow.current_plan import DomainPlan
from lakehouse_airflow.defaults import dag_settings
from lakehouse_airflow.names import POOL_SLOTS, dag_id
from lakehouse_airflow.runtime_operator import RuntimeOperator

_ABOUT = (
    "Refines the batches that landed from one day to another again, day by day, audits them and publishes gold. "
    "Run again it goes on where it stopped."
)


def backfill_dag(plan: DomainPlan) -> DAG:
    """Started by hand alone, with the first and the last day."""
    with DAG(
        dag_id(plan.name, "backfill"),
        schedule=None,
        params={
            "from": Param(None, type="string", format="date", title="From", description="The first day on which batches landed."),
            "to": Param(None, type="string", format="date", title="To", description="The last one; it is part of the range."),
        },
        **dag_settings(plan, "backfill", _ABOUT),
    ) as dag:
        RuntimeOperator(
            task_id="backfill",
            verb="backfill",
            domain=plan.name,
            plan_hash=plan.hash,
            arguments=["--from", "{{ params['from'] }}", "--to", "{{ params['to'] }}"],
            is_last=True,
            # What other DAGs wait for; all that it touches would hide the lineage of the tables.
            outlets=[domain_asset(plan.name), *(table_asset(table, plan.name) for table in plan.gold_read_elsewhere)],
            pool_slots=POOL_SLOTS,
            doc_md=_ABOUT,
        )
    return dag
