"""What happens when a task has failed for good: it is noted in ops, and a webhook is told where one is set."""

from __future__ import annotations

import json
import logging
from typing import Any
from urllib.request import Request, urlopen

from airflow.sdk import Variable
from airflow.sdk.exceptions import AirflowRuntimeError

from lakehouse_airflow.child import Child
from lakehouse_airflow.names import owner_of
from lakehouse_airflow.runtime_operator import AuditFailedError, RuntimeOperator, run_arguments

WEBHOOK = "failure_webhook"
"""The Airflow variable that holds the URL which failures are posted to as JSON."""

_log = logging.getLogger(__name__)


def on_failure(context: Any) -> None:
    """Called by Airflow when a task has failed and is not tried again. Never fails itself."""
    task, error = context.get("task"), context.get("exception")
    message = str(error) if error is not None else "the task ended without a word."
    if isinstance(task, RuntimeOperator) and task.domain:
        _note(task, context["dag_run"], message, isinstance(error, AuditFailedError))
    _tell(context["dag_run"], context["ti"].task_id, message)


def _note(task: RuntimeOperator, run: Any, message: str, is_audit: bool) -> None:
    """Into the ledger and from there into ops. An audit has said itself in the ledger what it found."""
    common = ["--domain", task.domain, "--plan-hash", task.plan_hash, *run_arguments(run)]
    lease = ["--owner", owner_of(run.dag_id, run.run_id), "--keep", "0"]
    what = ["record"] if is_audit else ["note-failure", "--step", task.task_id, "--message", message]
    said: list[str] = []
    code = Child([*what, *common, *lease]).run(said.append)
    if code != 0:
        _log.warning("The failure is not in ops yet (exit code %s): %s", code, "\n".join(said))


def _tell(run: Any, task: str, message: str) -> None:
    url = _webhook()
    if url is None:
        return
    told = {"text": f"{run.dag_id}.{task} failed: {message}", "dag": run.dag_id, "run": run.run_id, "task": task, "message": message}
    try:
        with urlopen(Request(url, json.dumps(told).encode(), {"Content-Type": "application/json"}), timeout=10):
            pass
    except (OSError, ValueError) as error:
        _log.warning("The webhook in the variable %s was not told: %s", WEBHOOK, error)


def _webhook() -> str | None:
    try:
        found = Variable.get(WEBHOOK, default=None)
    except AirflowRuntimeError:
        return None
    return found if isinstance(found, str) and found else None
