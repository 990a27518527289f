from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk import Asset
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowRescheduleException, AirflowSkipException
from fake_runtime import FakeRuntime, problem

from lakehouse_airflow.runtime_operator import AuditFailedError, RuntimeOperator

DUE = datetime(2013, 3, 1, 12, 30, tzinfo=timezone.utc)


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeRuntime:
    return FakeRuntime(tmp_path, monkeypatch)


class Pushed(dict[str, Any]):
    def __call__(self, key: str, value: Any) -> None:
        self[key] = value


def context_of(*triggered_by: str, attempt: int = 1) -> dict[str, Any]:
    run = SimpleNamespace(dag_id="sales__refine", run_id="asset_triggered__1", run_after=DUE)
    instance = SimpleNamespace(dag_id=run.dag_id, task_id="orders", try_number=attempt, xcom_push=Pushed())
    events: dict[Asset, list[object]] = {Asset(name): [] for name in triggered_by}
    return {"dag_run": run, "ti": instance, "triggering_asset_events": events}


def operator_of(**settings: Any) -> RuntimeOperator:
    given: dict[str, Any] = {"verb": "refine", "domain": "sales", "plan_hash": "abc", "arguments": ["--table", "silver.orders"]}
    return RuntimeOperator(task_id="orders", **{**given, **settings})


def arguments_of(runtime: FakeRuntime) -> list[str]:
    return list(runtime.calls[-1]["arguments"])


def after(arguments: list[str], option: str) -> str:
    return arguments[arguments.index(option) + 1]


def test_a_task_that_changed_something_answers_what_the_runtime_answered(runtime: FakeRuntime) -> None:
    runtime.will_answer(changed=True, status="refined")

    assert operator_of().execute(context_of(attempt=2)) == {"changed": True, "status": "refined"}
    arguments = arguments_of(runtime)
    assert arguments[:5] == ["refine", "--domain", "sales", "--table", "silver.orders"]
    assert after(arguments, "--attempt") == "2"
    assert after(arguments, "--plan-hash") == "abc"
    assert after(arguments, "--label") == "sales__refine asset_triggered__1"


def test_the_tasks_of_a_dag_run_share_its_lease_and_its_run_and_the_last_one_frees_the_domain(runtime: FakeRuntime) -> None:
    runtime.will_answer(changed=True, status="done")
    operator_of().execute(context_of())
    first = arguments_of(runtime)
    operator_of(verb="audit", arguments=[], is_last=True).execute(context_of())
    last = arguments_of(runtime)

    assert after(first, "--owner") == after(last, "--owner") == "airflow sales__refine asset_triggered__1"
    assert after(first, "--run") == after(last, "--run")
    assert after(first, "--run").startswith("20130301-123000-")
    assert (after(first, "--keep"), after(last, "--keep")) == ("120", "0")


def test_a_task_with_nothing_to_do_is_skipped(runtime: FakeRuntime) -> None:
    runtime.will_answer(changed=False, status="nothingNew")

    with pytest.raises(AirflowSkipException, match="nothingNew"):
        operator_of().execute(context_of())


def test_an_audit_goes_on_to_gold_where_the_plan_has_changed(runtime: FakeRuntime) -> None:
    runtime.will_answer(changed=False, status="nothingNew")
    audit = operator_of(verb="audit", despite_nothing="sales plan")

    assert audit.execute(context_of("sales plan")) == {"changed": False, "status": "nothingNew"}
    with pytest.raises(AirflowSkipException):
        audit.execute(context_of("bronze.orders"))


def test_a_verb_of_the_whole_lakehouse_has_no_run_and_no_empty_words(runtime: FakeRuntime) -> None:
    runtime.will_answer(actions=[])

    operator_of(verb="maintain", domain="", arguments=[""]).execute(context_of())

    arguments = arguments_of(runtime)
    assert arguments[0] == "maintain"
    assert not {"--domain", "--run", "--attempt", "--label", ""} & set(arguments)


@pytest.mark.parametrize(
    ("code", "kind"), [(1, AuditFailedError), (2, AirflowFailException), (3, AirflowException), (130, AirflowException)]
)
def test_a_failure_says_why_and_is_tried_again_where_that_may_help(runtime: FakeRuntime, code: int, kind: type[Exception]) -> None:
    runtime.will(code, [problem("LH2105", "the disk is full."), problem("LH2100", "and more.")])
    context = context_of()

    with pytest.raises(AirflowException, match="LH2105 sales: the disk is full") as raised:
        operator_of().execute(context)

    assert type(raised.value) is kind
    assert context["ti"].xcom_push["failure"]["exit"] == code
    assert "LH2105" in context["ti"].xcom_push["failure"]["message"]


def test_a_domain_that_another_one_holds_is_looked_at_again_soon(runtime: FakeRuntime) -> None:
    runtime.will(4, [problem("LH2102", "another run holds it.")])

    with pytest.raises(AirflowRescheduleException) as raised:
        operator_of().execute(context_of())

    delay = raised.value.reschedule_date - datetime.now(timezone.utc)
    assert timedelta(0) < delay <= timedelta(seconds=15)


def test_the_runtime_sees_the_platforms_settings_and_none_of_airflows_secrets(
    runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__FERNET_KEY", "secret")
    monkeypatch.setenv("LAKEHOUSE_CONNECT", "query-server:15002")
    monkeypatch.setenv("S3_ENDPOINT", "http://minio:9000")
    runtime.will_answer(changed=True)

    operator_of().execute(context_of())

    environment = runtime.calls[-1]["environment"]
    assert environment["LAKEHOUSE_CONNECT"] == "query-server:15002"
    assert environment["S3_ENDPOINT"] == "http://minio:9000"
    assert not [name for name in environment if name.startswith("AIRFLOW")]


def test_a_cancelled_task_lets_the_runtime_end_in_good_order(runtime: FakeRuntime) -> None:
    runtime.will(seconds=60)
    operator = operator_of()
    threading.Timer(1.5, operator.on_kill).start()

    with pytest.raises(AirflowException, match="130"):
        operator.execute(context_of())

    assert runtime.stopped.exists()


def test_a_runtime_whose_task_was_killed_without_a_word_ends_too(runtime: FakeRuntime) -> None:
    runtime.will(seconds=60)
    script = "from lakehouse_airflow.child import Child; Child(['refine']).run(print)"
    task = subprocess.Popen([sys.executable, "-c", script], env=dict(os.environ))
    _await(lambda: bool(runtime.calls))
    time.sleep(0.5)

    task.send_signal(signal.SIGKILL)
    task.wait()

    _await(runtime.stopped.exists)


def _await(condition: Any) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
