"""The daily checks over the production client. Their exchanges were not recorded: these are the gate's, moved to where daily checks are."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from recorded import Recording, Replay, recording, replayed

from lakehouse_pipeline.gate.client import DqopsClient, GateError
from lakehouse_pipeline.gate.dqops_gate import DqopsGate
from lakehouse_pipeline.gate.gate import GateResult
from lakehouse_pipeline.gate.patient_server import Patience

HASTY = Patience(job=1, server=0.3, pause=0.02)


def daily(name: str) -> Recording:
    """A recording as it would be of daily checks: their place in a table's file, and the time scale in the request."""
    recorded = recording(name)
    for entry in recorded.exchanges:
        if entry["path"].endswith("/status"):
            entry["query"] = {"profiling": "false", "monitoring": "true", "partitioned": "false", "checkTimeScale": "daily"}
    for part in [recorded.spec, *recorded.spec["columns"].values()]:
        checks = copy.deepcopy(part.pop("profiling_checks", {}))
        checks.pop("result_truncation", None)
        part["monitoring_checks"] = {"daily": checks}
    return recorded


def checked(recorded: Recording) -> tuple[list[GateResult], Replay]:
    with replayed(recorded) as replay:
        gate = DqopsGate(DqopsClient(replay.url), HASTY)
        return list(gate.check_daily("run-1", recorded.plan, recorded.table)), replay


def each_status(recorded: Recording) -> list[dict[str, Any]]:
    parts = [recorded.status, *recorded.status["columns"].values()]
    return [check for part in parts for check in part["checks"].values()]


def test_it_asks_for_the_daily_checks_of_exactly_one_table() -> None:
    results, replay = checked(daily("passed"))
    assert results
    assert all(result.passed and result.check.startswith("daily/silver.airlines/") for result in results)
    assert [request["body"]["check_search_filters"] for request in replay.asked if request["method"] == "POST"] == [
        {"connection": "lakehouse", "fullTableName": "silver.airlines", "enabled": True, "checkType": "monitoring", "timeScale": "daily"}
    ]


def test_what_failed_is_told_with_its_severity() -> None:
    recorded = daily("passed")
    first, second, third = each_status(recorded)[:3]
    first["current_severity"], second["current_severity"], third["current_severity"] = "warning", "fatal", "execution_error"
    failed = [result for result in checked(recorded)[0] if not result.passed]
    assert sorted(result.severity for result in failed) == ["error", "error", "warning"]


def test_a_check_without_a_history_has_no_result_yet_and_one_of_another_day_is_none_of_today() -> None:
    recorded = daily("passed")
    expected = len(checked(daily("passed"))[0])
    statuses = each_status(recorded)
    statuses[0]["current_severity"] = None
    statuses[1]["last_executed_at"] = "2020-01-01T00:00:00Z"
    assert len(checked(recorded)[0]) == expected - 2


def test_the_result_that_was_kept_from_earlier_that_day_counts() -> None:
    """DQOps skips a rule whose number is as it was; `current_severity` still tells how it ended."""
    recorded = daily("passed")
    for status in each_status(recorded):
        status["last_executed_at"] = status["last_executed_at"][:11] + "00:00:01Z"
    assert all(result.passed for result in checked(recorded)[0])


def test_a_server_that_cannot_be_asked_is_an_error_and_no_result() -> None:
    recorded = daily("passed")
    recorded.job["status"] = "failed"
    with pytest.raises(GateError, match="its job ended as failed"):
        checked(recorded)
    recorded.exchanges = []
    with pytest.raises(GateError, match="knows no"):
        checked(recorded)
