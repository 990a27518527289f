"""What Airflow imports by `[logging] logging_config_class`: its own configuration, and where task logs go."""

from __future__ import annotations

from airflow.config_templates.airflow_local_settings import DEFAULT_LOGGING_CONFIG

from lakehouse_airflow.task_log import ObjectStoreTaskLog

LOGGING_CONFIG = DEFAULT_LOGGING_CONFIG
REMOTE_TASK_LOG = ObjectStoreTaskLog()
DEFAULT_REMOTE_CONN_ID = None
