"""The task that tells readers of a gold table that it was published."""

from __future__ import annotations

from typing import Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowSkipException


class ReleaseOperator(BaseOperator):
    """Succeeds, and so changes the asset of its table, where the publish task of the same DAG run published that table."""

    ui_color = "#f3ecd8"

    def __init__(self, *, table: str, publish_task: str, **settings: Any) -> None:
        super().__init__(**settings)
        self.table = table
        self.publish_task = publish_task

    def execute(self, context: Any) -> None:
        published = context["ti"].xcom_pull(task_ids=self.publish_task)
        tables = published.get("tables") if isinstance(published, dict) else None
        if not isinstance(tables, list) or self.table not in tables:
            raise AirflowSkipException(f"{self.table} was not published in this run.")
        self.log.info("%s is published in release %s", self.table, published.get("release"))
