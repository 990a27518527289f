"""The production client against what a real server answered, and against servers that do not answer."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from recorded import Recording, Replay, recording, replayed

from lakehouse_pipeline.gate.answers import Job
from lakehouse_pipeline.gate.client import DqopsClient, GateError
from lakehouse_pipeline.gate.dqops_gate import DqopsGate
from lakehouse_pipeline.gate.gate import GateResult
from lakehouse_pipeline.gate.patient_server import Patience

HASTY = Patience(job=1, server=0.3, pause=0.02)


def gate_over(recorded: Recording, plan: str | None = None) -> tuple[list[GateResult], Replay]:
    with replayed(recorded) as replay:
        results = DqopsGate(DqopsClient(replay.url), HASTY).judge("run-1", plan or recorded.plan, recorded.table)
        return list(results), replay


def only(results: list[GateResult]) -> GateResult:
    """The one result of a gate that could not judge."""
    assert len(results) == 1
    assert not results[0].passed
    assert results[0].severity == "error"
    return results[0]


def test_it_asks_for_the_checks_of_exactly_one_table() -> None:
    results, replay = gate_over(recording("passed"))
    assert all(result.passed for result in results)
    started = [request for request in replay.asked if request["method"] == "POST"]
    assert [request["body"]["check_search_filters"] for request in started] == [
        {"connection": "lakehouse", "fullTableName": "silver.airlines", "enabled": True, "checkType": "profiling"}
    ]


def test_each_gate_starts_a_job_of_its_own() -> None:
    keys = [
        request["query"]["jobBusinessKey"]
        for _ in range(2)
        for request in gate_over(recording("passed"))[1].asked
        if request["method"] == "POST"
    ]
    assert len(set(keys)) == 2


def test_failed_checks_come_with_the_measured_number() -> None:
    all_results, _ = gate_over(recording("failed"))
    assert len(all_results) == 19
    results = {result.check.rsplit("/", 1)[1]: result for result in all_results}
    assert results["every_flight_of_silver_is_counted_once"].actual == 336776.0
    assert results["profile_row_count"].actual == 0.0
    assert results["the_weather_of_most_flights_is_known"].severity == "warning"


def test_checks_that_could_not_run_come_with_the_error() -> None:
    results, _ = gate_over(recording("errors"))
    assert all("TABLE_OR_VIEW_NOT_FOUND" in result.description for result in results)


def test_without_the_details_the_verdict_is_the_same() -> None:
    recorded = recording("failed")
    recorded.exchanges = [entry for entry in recorded.exchanges if not entry["path"].endswith("/results")]
    results, _ = gate_over(recorded)
    assert {result.severity for result in results if not result.passed} == {"error", "warning"}
    assert all(result.actual is None for result in results)


def test_an_unknown_table_fails() -> None:
    assert "knows no" in only(gate_over(recording("unknown"))[0]).description


def test_checks_of_another_plan_fail() -> None:
    result = only(gate_over(recording("passed"), plan="f" * 64)[0])
    assert "plan ffffffffffff" in result.description
    assert "./lakehouse apply" in result.description


def test_a_plan_that_the_server_takes_over_late_is_awaited() -> None:
    recorded = recording("passed")
    first = recorded.exchange("/connections/lakehouse")
    before = {**first, "answer": {"spec": {"advanced_properties": {"plan": "old"}}}}
    recorded.exchanges.insert(0, before)
    assert all(result.passed for result in gate_over(recorded)[0])


def test_a_lost_volume_fails() -> None:
    recorded = recording("passed")
    recorded.exchanges = []
    assert "knows no" in only(gate_over(recorded)[0]).description


def test_a_job_that_does_not_end_fails_and_is_cancelled() -> None:
    recorded = recording("passed")
    recorded.job["status"] = "running"
    results, replay = gate_over(recorded)
    assert "running after 1 s" in only(results).description
    assert replay.asked[-1]["method"] == "DELETE"


def test_a_server_that_forgot_the_job_fails() -> None:
    recorded = recording("passed")
    recorded.exchanges = [entry for entry in recorded.exchanges if not entry["path"].startswith("/api/jobs/jobs/")]
    assert "forgot the job" in only(gate_over(recorded)[0]).description


@pytest.mark.parametrize("ending", ["/connections/lakehouse", "/tables/airlines", "/runchecks", "/status"])
@pytest.mark.parametrize(
    ("status", "answer"),
    [(201, ""), (200, "null"), (200, "[]"), (200, "<html>"), (500, "oops"), (401, ""), (503, "")],
    ids=["empty", "null", "a list", "a page", "500", "401", "503"],
)
def test_no_answer_of_another_form_is_a_pass(ending: str, status: int, answer: str) -> None:
    recorded = recording("passed")
    method = "POST" if ending == "/runchecks" else "GET"
    recorded.exchange(ending, method).update(status=status, answer=answer)
    results, _ = gate_over(recorded)
    assert any(not result.passed and result.severity == "error" for result in results)


def test_a_file_that_the_server_cannot_read_fails() -> None:
    recorded = recording("passed")
    recorded.answer("/tables/airlines")["yaml_parsing_error"] = "line 3"
    assert "cannot read its file" in only(gate_over(recorded)[0]).description


def test_a_start_whose_answer_was_lost_is_found_by_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server runs the job, and the connection breaks before it says so."""
    recorded = recording("passed")
    job = Job.model_validate(recorded.job)
    asked: list[Any] = []
    with replayed(recorded) as replay:
        client = DqopsClient(replay.url)
        send = client._send

        def losing(method: str, path: str, *rest: Any) -> bytes:
            answer = send(method, path, *rest)
            if method == "POST":
                asked.append(rest[0]["jobBusinessKey"])
                raise GateError("the connection broke")
            return answer

        def keyed(key: object) -> Job:
            asked.append(key)
            return job

        monkeypatch.setattr(client, "_send", losing)
        monkeypatch.setattr(client, "job", keyed)
        results = DqopsGate(client, HASTY).judge("run-1", recorded.plan, recorded.table)
    assert all(result.passed for result in results)
    assert asked[0] == asked[1]
    assert sum(request["method"] == "POST" for request in replay.asked) == 1


@pytest.fixture
def silent() -> Iterator[str]:
    """A server that takes connections and says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_a_server_that_is_not_there_fails_in_time() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        started = time.monotonic()
        results = DqopsGate(DqopsClient(url), HASTY).judge("run-1", "p", "silver.airlines")
    assert "does not answer" in only(list(results)).description
    assert time.monotonic() - started < 10


def test_a_server_that_says_nothing_fails_in_time(silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lakehouse_pipeline.gate.client._SECONDS", (0.2, 0.2))
    results = DqopsGate(DqopsClient(silent), HASTY).judge("run-1", "p", "silver.airlines")
    assert "does not answer" in only(list(results)).description
