"""Airflow's configuration: what is the same everywhere, and what follows from the settings and secrets of the platform."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping

ADMIN = "admin"
HOME = "/opt/airflow"
LOGS = f"{HOME}/logs"
PASSWORDS = "/tmp/airflow-passwords.json"

_BUNDLE = {
    "name": "lakehouse",
    "classpath": "lakehouse_airflow.plan_bundle.PlanBundle",
    "kwargs": {"dags": f"{HOME}/dags", "refresh_interval": 5},
}

_SECRETS = (
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
    "AIRFLOW__CORE__SQL_ALCHEMY_CONN",
    "AIRFLOW__CORE__FERNET_KEY",
    "AIRFLOW__API__SECRET_KEY",
    "AIRFLOW__API_AUTH__JWT_SECRET",
)

_CONSTANT = {
    "AIRFLOW_HOME": "/tmp/airflow",
    "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
    # Names that containers find each other by.
    "AIRFLOW__CORE__HOSTNAME_CALLABLE": "socket.gethostname",
    "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{ADMIN}:admin",
    "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": PASSWORDS,
    # The maintenance DAG looks after all that these would keep for ever.
    "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps([_BUNDLE]),
    "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH": f"{HOME}/bundles",
    # A file is read when the plan changes; beyond that it is only shown to be still there.
    "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "900",
    "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT": "120",
    "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "90",
    "AIRFLOW__CORE__MIN_SERIALIZED_DAG_UPDATE_INTERVAL": "0",
    # The bundle says which files are DAGs.
    "AIRFLOW__CORE__DAG_DISCOVERY_SAFE_MODE": "False",
    "AIRFLOW__LOGGING__BASE_LOG_FOLDER": LOGS,
    "AIRFLOW__LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY": f"{LOGS}/dag-processor",
    "AIRFLOW__LOGGING__LOGGING_CONFIG_CLASS": "lakehouse_airflow.log_config.LOGGING_CONFIG",
    # The first call builds the execution API, which takes longer than the default of five seconds.
    "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "30",
    # While PostgreSQL starts again a task goes on; it is given up when it was silent for the second time.
    "AIRFLOW__WORKERS__MAX_FAILED_HEARTBEATS": "15",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "120",
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "30",
    "AIRFLOW__SCHEDULER__CREATE_CRON_DATA_INTERVALS": "False",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_PRE_PING": "True",
    "AIRFLOW__API__HOST": "0.0.0.0",
    "AIRFLOW__API__PORT": "8080",
    "AIRFLOW__API__WORKERS": "1",
}


def airflow_environment(settings: Mapping[str, str], secret: Callable[[str], str]) -> dict[str, str]:
    """The environment that Airflow's processes run in.

    `settings`: the container's environment, with `AIRFLOW_DATABASE` (`host:port`), `AIRFLOW_API` (`http://host:port`) and
    `AIRFLOW_PARALLELISM`; `secret`: reads a secret by its name. What the environment says of Airflow itself goes first,
    but for what is secret.
    """
    password, key = secret("postgres-airflow"), secret("airflow-key")
    stated = {name: value for name, value in settings.items() if name.startswith("AIRFLOW__")}
    derived = {
        "AIRFLOW__CORE__PARALLELISM": settings["AIRFLOW_PARALLELISM"],
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{settings['AIRFLOW_API']}/execution/",
    }
    secrets = {
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"postgresql+psycopg2://airflow:{password}@{settings['AIRFLOW_DATABASE']}/airflow",
        "AIRFLOW__CORE__FERNET_KEY": base64.urlsafe_b64encode(_derived(key, "fernet")[:32]).decode(),
        "AIRFLOW__API__SECRET_KEY": _derived(key, "logs").hex(),
        "AIRFLOW__API_AUTH__JWT_SECRET": _derived(key, "tokens").hex(),
    }
    return {**_CONSTANT, **derived, **stated, **secrets}


def without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment as a new program may be given it: what is in it can be read in /proc."""
    return {name: value for name, value in environment.items() if name not in _SECRETS}


def _derived(key: str, purpose: str) -> bytes:
    """64 bytes for one purpose, of a key for all."""
    return hmac.new(key.encode(), purpose.encode(), hashlib.sha512).digest()
