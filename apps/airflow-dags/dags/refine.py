"""A DAG for each domain with silver tables: see lakehouse_airflow.refine."""

from lakehouse_airflow.current_plan import domain_plans
from lakehouse_airflow.refine import refine_dag

for plan in domain_plans(__file__):
    if plan.silver:
        dag = refine_dag(plan)
        globals()[dag.dag_id] = dag
