"""A DAG for each domain with gold tables: see lakehouse_airflow.publish."""

from lakehouse_airflow.current_plan import domain_plans
from lakehouse_airflow.publish import publish_dag

for plan in domain_plans(__file__):
    if plan.gold:
        dag = publish_dag(plan)
        globals()[dag.dag_id] = dag
