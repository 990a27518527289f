"""The task that runs one verb of the pipeline's runtime."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowRescheduleException, AirflowSkipException

from lakehouse_airflow.child import Child
from lakehouse_airflow.event_log import EventLog
from lakehouse_airflow.names import ledger_run, owner_of

FAILURE = "failure"
"""The key of the XCom in which a failed task says why."""

AUDIT_FAILED = 1
WRONG_USAGE = 2
LOCKED = 4

_KEEP_SECONDS = 120
"""For so long the domain's lock waits for the next task of a DAG run; scheduling one takes a few seconds."""

_LOCKED_SECONDS = 15
"""After so long a task that found the domain locked looks again; meanwhile it takes no slot."""


class AuditFailedError(AirflowFailException):
    """The data did not pass its contract: trying again changes nothing."""


_ERRORS = {AUDIT_FAILED: AuditFailedError, WRONG_USAGE: AirflowFailException}


class RuntimeOperator(BaseOperator):
    """Runs `python -m lakehouse_pipeline <verb>` as a child process and shows its events in the task's log.

    A verb that changed nothing skips its task, so that no asset changes. It may be killed and run again at any time: the
    runtime goes on where it stopped.
    """

    template_fields: Sequence[str] = ("arguments",)
    ui_color = "#e3f0ee"

    def __init__(
        self,
        *,
        verb: str,
        domain: str,
        plan_hash: str,
        arguments: Sequence[str] = (),
        is_last: bool = False,
        despite_nothing: str | None = None,
        **settings: Any,
    ) -> None:
        """`domain`: whose run it is part of, empty for a verb of the whole lakehouse; `is_last`: the domain is free after this task.

        `despite_nothing`: the name of an asset that, where it started the DAG run, lets the task succeed though nothing changed.
        """
        super().__init__(**settings)
        self.verb = verb
        self.domain = domain
        self.plan_hash = plan_hash
        self.arguments = list(arguments)
        self.is_last = is_last
        self.despite_nothing = despite_nothing
        self._child: Child | None = None

    def execute(self, context: Any) -> dict[str, object]:
        log = EventLog(self.log)
        self._child = Child(runtime_arguments(self, context))
        code = self._child.run(log.line)
        if code == LOCKED:
            raise AirflowRescheduleException(datetime.now(timezone.utc) + timedelta(seconds=_LOCKED_SECONDS))
        if code != 0:
            message = log.failure or f"the runtime ended with exit code {code}."
            # What `./lakehouse run --via airflow` tells of it.
            context["ti"].xcom_push(FAILURE, {"exit": code, "message": message})
            raise _ERRORS.get(code, AirflowException)(message)
        result = log.result
        if result.get("changed") is False and not self._must_go_on(context):
            raise AirflowSkipException(f"Nothing to do: {result.get('status', 'nothing new')}.")
        return result

    def on_kill(self) -> None:
        if self._child is not None:
            self._child.stop()

    def _must_go_on(self, context: Any) -> bool:
        if self.despite_nothing is None:
            return False
        return any(getattr(asset, "name", None) == self.despite_nothing for asset in context["triggering_asset_events"])


def runtime_arguments(operator: RuntimeOperator, context: Any) -> list[str]:
    """The runtime's command line for one attempt of a task."""
    run, instance = context["dag_run"], context["ti"]
    return [
        operator.verb,
        *(["--domain", operator.domain] if operator.domain else []),
        # A template may come to nothing.
        *(argument for argument in operator.arguments if argument),
        *["--owner", owner_of(run.dag_id, run.run_id), "--keep", str(0 if operator.is_last else _KEEP_SECONDS)],
        *["--plan-hash", operator.plan_hash],
        *(run_arguments(run) if operator.domain else []),
        *(["--attempt", str(instance.try_number)] if operator.domain else []),
    ]


def run_arguments(run: Any) -> list[str]:
    """What a DAG run is called in the ledger."""
    return ["--run", ledger_run(run.dag_id, run.run_id, run.run_after), "--label", f"{run.dag_id} {run.run_id}"]
