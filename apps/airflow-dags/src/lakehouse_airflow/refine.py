"""`<domain>__refine`: bronze becomes silver, one task a table, and the whole is audited."""

from __future__ import annotations

from airflow.sdk import DAG, Asset, AssetAny, TriggerRule

from lakehouse_airflow.assets import domain_asset, plan_asset, table_asset
from lakehouse_airflow.current_plan import DomainPlan
from lakehouse_airflow.defaults import dag_settings
from lakehouse_airflow.documentation import table_documentation
from lakehouse_airflow.names import POOL_SLOTS, dag_id, task_name
from lakehouse_airflow.runtime_operator import RuntimeOperator
from lakehouse_pipeline.schema.plan import ReferenceRule, SilverTable


def refine_dag(plan: DomainPlan) -> DAG:
    """Starts when any bronze table has changed, or the plan."""
    changed_plan = plan_asset(plan.name, plan.fingerprint)
    bronze = [table_asset(source.table, plan.name) for source in plan.sources]
    with DAG(
        dag_id(plan.name, "refine"),
        schedule=AssetAny(*bronze, changed_plan),
        **dag_settings(plan, "refine", f"Refines what is new in bronze of {plan.name}, and audits it."),
    ) as dag:
        tasks = {table.name: _refine_task(plan, table) for table in plan.silver}
        audit = audit_task(plan, changed_plan)
        for table in plan.silver:
            for parent in parents_of(table):
                if parent in tasks:
                    tasks[parent] >> tasks[table.name]
            tasks[table.name] >> audit
    return dag


def audit_task(plan: DomainPlan, changed_plan: Asset | None) -> RuntimeOperator:
    """Judges the silver tables; where they pass, gold may be built. Gold also follows a `changed_plan` that left silver as it was."""
    return RuntimeOperator(
        task_id="audit",
        verb="audit",
        domain=plan.name,
        plan_hash=plan.hash,
        is_last=True,
        despite_nothing=changed_plan.name if changed_plan is not None else None,
        inlets=[table_asset(table.name, plan.name) for table in plan.silver],
        outlets=[domain_asset(plan.name)],
        # Tables that had nothing to do are skipped; it knows itself whether there is something to judge.
        trigger_rule=TriggerRule.NONE_FAILED,
        pool_slots=POOL_SLOTS,
        doc_md="Judges the tables of silver that changed, and those whose verdict is still open. Gold is built only of what passed.",
    )


def parents_of(table: SilverTable) -> list[str]:
    """The tables that must be refined before this one, because its rows refer to theirs."""
    parents = [rule.reference.parent for rule in table.row_rules if isinstance(rule, ReferenceRule)]
    return sorted({parent for parent in parents if parent != table.name})


def _refine_task(plan: DomainPlan, table: SilverTable) -> RuntimeOperator:
    return RuntimeOperator(
        task_id=task_name(table.name),
        verb="refine",
        domain=plan.name,
        plan_hash=plan.hash,
        arguments=["--table", table.name],
        inlets=[table_asset(table.origin, plan.name)],
        outlets=[table_asset(table.name, plan.name)],
        trigger_rule=TriggerRule.NONE_FAILED,
        doc_md=table_documentation(table),
    )
