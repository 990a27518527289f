"""A DAG for each source of each domain."""

from lakehouse_airflow.current_plan import domain_plans
from lakehouse_airflow.ingest import ingest_dag

for plan in domain_plans(__file__):
    for source in plan.sources:
        dag = ingest_dag(plan, source)
        globals()[dag.dag_id] = dag
