"""A DAG for each domain with silver tables: see lakehouse_airflow.backfill."""

from lakehouse_airflow.backfill import backfill_dag
from lakehouse_airflow.current_plan import domain_plans

for plan in domain_plans(__file__):
    if plan.silver:
        dag = backfill_dag(plan)
        globals()[dag.dag_id] = dag
