"""A DAG for each domain with tables: see lakehouse_airflow.quality."""

from lakehouse_airflow.current_plan import domain_plans
from lakehouse_airflow.quality import quality_dag

for plan in domain_plans(__file__):
    if plan.silver or plan.gold:
        dag = quality_dag(plan)
        globals()[dag.dag_id] = dag
