"""The DAG that keeps house: see lakehouse_airflow.maintenance."""

from lakehouse_airflow.current_plan import plan_hash
from lakehouse_airflow.maintenance import maintenance_dag

found = plan_hash(__file__)
if found is not None:
    lakehouse__maintenance = maintenance_dag(found)
