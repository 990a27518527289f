"""`<domain>__publish`: gold candidates are built and judged, one task a table, published together, and the run is recorded."""

from __future__ import annotations

from airflow.sdk import DAG, Asset, AssetAny, TaskGroup, TriggerRule

from lakehouse_airflow.assets import domain_asset, table_asset
from lakehouse_airflow.current_plan import DomainPlan
from lakehouse_airflow.defaults import dag_settings
from lakehouse_airflow.documentation import table_documentation
from lakehouse_airflow.names import POOL_SLOTS, dag_id, task_name
from lakehouse_airflow.release_operator import ReleaseOperator
from lakehouse_airflow.runtime_operator import RuntimeOperator
from lakehouse_pipeline.schema.plan import GoldTable


def publish_dag(plan: DomainPlan) -> DAG:
    """Starts when silver of this domain, or of one that it reads, has passed its audit, or gold that it reads was published."""
    title = f"Builds gold of {plan.name} from silver that passed its audit, and publishes what passes its own."
    with DAG(
        dag_id(plan.name, "publish"),
        schedule=AssetAny(*awaited_assets(plan)),
        **dag_settings(plan, "publish", title),
    ) as dag:
        with TaskGroup("build", tooltip="Gold candidates, each judged against its contract"):
            builds = {table.name: _build_task(plan, table) for table in plan.gold}
        publish = RuntimeOperator(
            task_id="publish",
            verb="publish",
            domain=plan.name,
            plan_hash=plan.hash,
            trigger_rule=TriggerRule.NONE_FAILED,
            pool_slots=POOL_SLOTS,
            doc_md="Publishes all candidates together: intent, one commit a table, release. After a crash it rolls forward.",
        )
        # A teardown runs whatever became of the rest, and leaves the DAG run's state to that.
        record = RuntimeOperator(
            task_id="record",
            verb="record",
            is_last=True,
            pool_slots=POOL_SLOTS,
            doc_md="Brings runs, row accounting, checks and releases into the tables of ops.",
            domain=plan.name,
            plan_hash=plan.hash,
        ).as_teardown(on_failure_fail_dagrun=True)
        with TaskGroup("release", tooltip="Tells the readers of each table that was published"):
            releases = [_release_task(table, plan) for table in plan.gold]
        for table in plan.gold:
            for parent in table.inputs:
                if parent in builds:
                    builds[parent] >> builds[table.name]
            builds[table.name] >> publish
        publish >> [record, *releases]
    return dag


def awaited_assets(plan: DomainPlan) -> list[Asset]:
    """What makes gold of a domain due."""
    inputs = sorted({name for table in plan.gold for name in table.inputs if plan.domain_of[name] != plan.name})
    foreign_silver = sorted({plan.domain_of[name] for name in inputs if name.startswith("silver.")})
    foreign_gold = [table_asset(name, plan.domain_of[name]) for name in inputs if name.startswith("gold.")]
    return [*(domain_asset(domain) for domain in [plan.name, *foreign_silver]), *foreign_gold]


def _build_task(plan: DomainPlan, table: GoldTable) -> RuntimeOperator:
    return RuntimeOperator(
        task_id=task_name(table.name),
        verb="build",
        domain=plan.name,
        plan_hash=plan.hash,
        arguments=["--table", table.name],
        trigger_rule=TriggerRule.NONE_FAILED,
        doc_md=table_documentation(table),
    )


def _release_task(table: GoldTable, plan: DomainPlan) -> ReleaseOperator:
    return ReleaseOperator(
        task_id=task_name(table.name),
        table=table.name,
        publish_task="publish",
        inlets=[table_asset(name, plan.domain_of[name]) for name in table.inputs],
        outlets=[table_asset(table.name, plan.name)],
        doc_md=table_documentation(table),
    )
