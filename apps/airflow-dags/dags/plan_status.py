"""No DAG: fails to import, with the reason, where the applied plan cannot be used; the other files then keep the last good one."""

from lakehouse_airflow.current_plan import require_good_plan

require_good_plan(__file__)
