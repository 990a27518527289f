"""Faults that a gate meets in its life, over recorded exchanges: retries on one day, two gates, edited rules, renamed tables, restarts."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from recorded import Recording, recording, replayed

from lakehouse_pipeline.gate.client import DqopsClient
from lakehouse_pipeline.gate.dqops_gate import DqopsGate
from lakehouse_pipeline.gate.gate import GateResult
from lakehouse_pipeline.gate.patient_server import Patience

HASTY = Patience(job=1, server=0.3, pause=0.02)


def judged(recorded: Recording, plan: str | None = None) -> list[GateResult]:
    with replayed(recorded) as replay:
        return list(DqopsGate(DqopsClient(replay.url), HASTY).judge("run-1", plan or recorded.plan, recorded.table))


def blocking(results: list[GateResult]) -> list[str]:
    return sorted(result.check for result in results if not result.passed and result.severity == "error")


def moved(recorded: Recording, minutes: int) -> Recording:
    """The same a while later: the job is a new one; results keep their times, as DQOps keeps those of rules that it skips."""
    job = recorded.job["jobId"]
    job["createdAt"] = (datetime.fromisoformat(job["createdAt"].replace("Z", "+00:00")) + timedelta(minutes=minutes)).isoformat()
    return recorded


@pytest.mark.parametrize("name", ["failed", "errors"])
def test_a_failed_batch_that_is_retried_five_times_on_one_day_fails_five_times(name: str) -> None:
    first = blocking(judged(recording(name)))
    assert first
    for attempt in range(1, 5):
        again = recording(name)
        # Nothing changed, so the server evaluates nothing anew and counts no failure.
        counts = moved(again, 10 * attempt).job["parameters"]["runChecksParameters"]["run_checks_result"]
        counts.update(highest_severity="valid", errors=0, fatals=0, warnings=0, execution_errors=0)
        assert set(first) <= set(blocking(judged(again)))


def test_a_good_result_of_an_earlier_gate_is_no_pass_for_a_later_one() -> None:
    results = judged(moved(recording("passed"), 10))
    assert results
    assert all(not result.passed and "before the gate" in result.description for result in results)


def test_two_gates_at_once_start_a_job_each_and_each_judges_by_its_own() -> None:
    good, bad = recording("passed"), recording("failed")
    both = threading.Barrier(2)

    def gate(recorded: Recording) -> tuple[list[GateResult], list[dict[str, Any]]]:
        met = threading.Event()

        def meet(_: int) -> None:
            if not met.is_set():
                met.set()
                both.wait(5)

        with replayed(recorded, before=meet) as replay:
            results = DqopsGate(DqopsClient(replay.url), HASTY).judge("run-1", recorded.plan, recorded.table)
            return list(results), [request for request in replay.asked if request["method"] == "POST"]

    with ThreadPoolExecutor(2) as pool:
        (passed, first), (failed, second) = pool.map(gate, [good, bad])
    assert all(result.passed for result in passed)
    assert blocking(failed)
    keys = [request["query"]["jobBusinessKey"] for request in [*first, *second]]
    assert len(keys) == len(set(keys)) == 2


def test_a_rule_that_was_edited_between_two_runs_is_judged_by_the_plan_of_the_run_alone() -> None:
    recorded = recording("passed")
    [result] = judged(recorded, plan="a" * 64)
    assert "./lakehouse apply" in result.description
    assert blocking([result])
    # The file is there, the server has not evaluated the new check yet.
    edited = recording("passed")
    checks = edited.spec["profiling_checks"]["custom"]
    name, body = next(iter(checks.items()))
    checks["one_more"] = {**body, "display_name": "silver.airlines/one-more"}
    edited.spec["advanced_properties"]["gate_checks"] = str(int(edited.spec["advanced_properties"]["gate_checks"]) + 1)
    results = judged(edited)
    assert "dqops/silver.airlines/one_more" in blocking(results)
    assert name in {result.check.rsplit("/", 1)[1] for result in results if result.passed}


def test_a_table_that_was_renamed_is_not_judged_under_its_old_name() -> None:
    recorded = recording("passed")
    recorded.table = "silver.carriers"
    [result] = judged(recorded)
    assert "knows no /api/connections/lakehouse/schemas/silver/tables/carriers" in result.description
    assert blocking([result])


def test_a_server_that_is_slow_is_waited_for() -> None:
    recorded = recording("passed")
    ended = recorded.exchanges.index(next(entry for entry in recorded.exchanges if entry["path"].startswith("/api/jobs/jobs/")))
    waiting = {**recorded.exchanges[ended], "answer": {**recorded.job, "status": "running"}}
    recorded.exchanges[ended:ended] = [dict(waiting) for _ in range(5)]
    assert all(result.passed for result in judged(recorded))


def test_a_server_that_was_restarted_in_mid_job_is_no_pass_and_the_next_gate_is() -> None:
    restarted = recording("passed")
    jobs = [entry for entry in restarted.exchanges if entry["path"].startswith("/api/jobs/jobs/")]
    for entry in jobs:
        entry.update(status=404, answer="")
    [result] = judged(restarted)
    assert "forgot the job" in result.description
    assert blocking([result])
    assert all(result.passed for result in judged(recording("passed")))


def test_a_volume_that_was_lost_in_mid_job_is_no_pass() -> None:
    recorded = recording("passed")
    recorded.status["checks"] = {}
    for column in recorded.status["columns"].values():
        column["checks"] = {}
    assert len(blocking(judged(recorded))) >= 4
