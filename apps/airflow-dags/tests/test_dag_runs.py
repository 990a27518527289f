"""Whole DAG runs in this process, without a server, against a runtime that does as it is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from dag_world import dags_of
from small_plan import small_plan

_MAIN = """
import json, sys
answers = json.load(open({answers!r}))
verb = sys.argv[1]
table = sys.argv[sys.argv.index("--table") + 1] if "--table" in sys.argv else None
with open({calls!r}, "a") as calls:
    calls.write((table or verb) + "\\n")
answer = answers.get(table or verb, {{"changed": True, "status": "done"}})
code = answer.pop("exit", 0)
if code == 0:
    print(json.dumps({{"event": "result", "value": answer}}))
sys.exit(code)
"""


@pytest.fixture(scope="module", autouse=True)
def database() -> None:
    subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], check=True, capture_output=True)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a DAG of the small plan with what the runtime answers to a verb or for a table; gives states and calls."""
    package = tmp_path / "lakehouse_pipeline"
    package.mkdir()
    answers, calls = tmp_path / "answers.json", tmp_path / "calls"
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(_MAIN.format(answers=str(answers), calls=str(calls)))
    monkeypatch.setenv("LAKEHOUSE_RUNTIME_PATH", str(tmp_path))
    # Airflow looks for the DAG where it usually finds them.
    dags = Path(os.environ["AIRFLOW_HOME"]) / "dags"
    dags.mkdir(exist_ok=True)

    def run_dag(dag: str, said: Mapping[str, object], **conf: object) -> tuple[str, dict[str, str], list[str]]:
        answers.write_text(json.dumps(said))
        calls.write_text("")
        found = dags_of(dags, small_plan())[dag]
        # It is not the retries that are tried here.
        for task in found.tasks:
            task.retries = 0
            task.on_failure_callback = []
        ended = found.test(run_conf=conf)
        states = {instance.task_id: str(instance.state) for instance in ended.get_task_instances()}
        return str(ended.state), states, calls.read_text().split()

    return run_dag


NOTHING = {"changed": False, "status": "nothingNew"}


def test_a_table_with_nothing_to_do_does_not_keep_those_that_refer_to_it_from_their_work(run: Any) -> None:
    state, tasks, calls = run("sales__refine", {"silver.shops": NOTHING})

    assert state == "success"
    assert tasks == {"shops": "skipped", "orders": "success", "audit": "success"}
    assert calls == ["silver.shops", "silver.orders", "audit"]


def test_a_refinement_that_failed_is_not_audited(run: Any) -> None:
    state, tasks, _ = run("sales__refine", {"silver.orders": {"exit": 3}})

    assert state == "failed"
    assert tasks["audit"] == "upstream_failed"


def test_what_was_published_is_released_and_what_was_not_is_not(run: Any) -> None:
    published = {"changed": True, "status": "published", "release": "r1"}

    _, tasks, _ = run("sales__publish", {"publish": {**published, "tables": ["gold.daily"]}})
    assert tasks == {"build.daily": "success", "publish": "success", "release.daily": "success", "record": "success"}

    _, tasks, _ = run("sales__publish", {"build": NOTHING, "publish": {**published, "tables": []}})
    assert tasks["release.daily"] == "skipped"


def test_a_candidate_that_fails_its_audit_is_not_published_and_the_run_is_recorded_as_failed(run: Any) -> None:
    state, tasks, calls = run("sales__publish", {"gold.daily": {"exit": 1}})

    assert state == "failed"
    assert tasks == {"build.daily": "failed", "publish": "upstream_failed", "release.daily": "upstream_failed", "record": "success"}
    assert calls == ["gold.daily", "record"]


def test_a_run_that_cannot_be_recorded_has_failed(run: Any) -> None:
    state, _, _ = run("sales__publish", {"publish": {"changed": True, "tables": []}, "record": {"exit": 3}})

    assert state == "failed"


def test_daily_checks_are_recorded_also_where_they_could_not_be_run(run: Any) -> None:
    state, tasks, calls = run("sales__quality", {"check-daily": {"changed": True, "status": "checked", "failed": ["daily/x"]}})
    assert (state, tasks) == ("success", {"checks": "success", "record": "success"})
    assert calls == ["check-daily", "record"]

    state, tasks, _ = run("sales__quality", {"check-daily": {"exit": 3}})
    assert (state, tasks) == ("failed", {"checks": "failed", "record": "success"})

    state, tasks, _ = run("sales__quality", {"check-daily": NOTHING})
    assert tasks == {"checks": "skipped", "record": "success"}


def test_a_backfill_is_given_its_range(run: Any) -> None:
    state, _, calls = run("sales__backfill", {}, **{"from": "2013-01-01", "to": "2013-01-31"})

    assert state == "success"
    assert calls == ["backfill"]
