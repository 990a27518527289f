"""One mutation of what a real server answered for each way in which it can mislead: every one turns the gate red."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded import Recording, recording

from lakehouse_pipeline.gate.answers import Job, TableStatus
from lakehouse_pipeline.gate.configured import configured_checks, promised_checks
from lakehouse_pipeline.gate.gate import GateResult
from lakehouse_pipeline.gate.verdict import judge


def judged(recorded: Recording) -> list[GateResult]:
    return judge(
        recorded.table,
        configured_checks(recorded.spec),
        promised_checks(recorded.spec),
        Job.model_validate(recorded.job),
        TableStatus.model_validate(recorded.status),
    )


def blocks(results: list[GateResult]) -> bool:
    return any(not result.passed and result.severity == "error" for result in results)


def statuses(recorded: Recording) -> list[dict[str, Any]]:
    columns = recorded.status["columns"].values()
    return [*recorded.status["checks"].values(), *(check for column in columns for check in column["checks"].values())]


def counts(recorded: Recording) -> dict[str, Any]:
    found: dict[str, Any] = recorded.job["parameters"]["runChecksParameters"]["run_checks_result"]
    return found


def test_a_good_table_passes() -> None:
    results = judged(recording("passed"))
    assert len(results) == 4
    assert all(result.passed for result in results)
    assert results[0].check == "dqops/silver.airlines/there_are_carriers"


def test_failed_checks_weigh_as_they_are_configured() -> None:
    results = {result.check.rsplit("/", 1)[1]: result for result in judged(recording("failed")) if not result.passed}
    assert {name: result.severity for name, result in results.items()} == {
        "every_flight_of_silver_is_counted_once": "error",
        "the_weather_of_most_flights_is_known": "warning",
        "profile_row_count": "warning",
    }
    assert results["every_flight_of_silver_is_counted_once"].expected == "= 0"


def test_checks_that_could_not_run_block() -> None:
    results = judged(recording("errors"))
    assert len(results) == 14
    assert all(result.severity == "error" and not result.passed for result in results)


def _older(recorded: Recording) -> None:
    # The server skips a rule whose value did not change, or a job of before is taken for this one.
    for status in statuses(recorded):
        status["last_executed_at"] = "2026-11-23T04:00:00.000Z"


def _one_older(recorded: Recording) -> None:
    statuses(recorded)[0]["last_executed_at"] = "2026-11-23T04:00:00.000Z"


def _nothing_ran(recorded: Recording) -> None:
    # A filter that matches nothing: finished, valid, no check.
    counts(recorded)["executed_checks"] = 0


def _all_ran(recorded: Recording) -> None:
    # An unknown word in the filter is ignored, and every check of the server runs.
    counts(recorded)["executed_checks"] = 342


def _fewer_ran(recorded: Recording) -> None:
    counts(recorded)["executed_checks"] -= 1


def _no_result(recorded: Recording) -> None:
    del recorded.job["parameters"]["runChecksParameters"]["run_checks_result"]


def _no_parameters(recorded: Recording) -> None:
    del recorded.job["parameters"]


def _cancelled(recorded: Recording) -> None:
    recorded.job["status"] = "cancelled"


def _failed_job(recorded: Recording) -> None:
    recorded.job.update(status="failed", errorMessage="out of memory")


def _valid_in_spite_of_errors(recorded: Recording) -> None:
    # highest_severity stays valid where checks could not run.
    counts(recorded).update(highest_severity="valid", execution_errors=1)


def _counted_but_not_shown(recorded: Recording) -> None:
    counts(recorded).update(errors=1)


def _empty_status(recorded: Recording) -> None:
    recorded.status.update(checks={}, columns={})


def _check_is_missing(recorded: Recording) -> None:
    del recorded.status["checks"]["profile_row_count"]


def _column_is_missing(recorded: Recording) -> None:
    del recorded.status["columns"]["name"]


def _no_severity(recorded: Recording) -> None:
    statuses(recorded)[0]["current_severity"] = None


def _unknown_severity(recorded: Recording) -> None:
    statuses(recorded)[0]["current_severity"] = "splendid"


def _execution_error(recorded: Recording) -> None:
    statuses(recorded)[0]["current_severity"] = "execution_error"


def _fatal(recorded: Recording) -> None:
    statuses(recorded)[0]["current_severity"] = "fatal"


def _no_checks(recorded: Recording) -> None:
    for part in [recorded.spec, *recorded.spec["columns"].values()]:
        part.pop("profiling_checks", None)


def _check_removed_by_hand(recorded: Recording) -> None:
    # Nobody logs in there, and everybody may edit.
    del recorded.spec["profiling_checks"]["uniqueness"]
    del recorded.status["checks"]["profile_duplicate_record_count"]
    counts(recorded)["executed_checks"] -= 1


def _check_switched_off(recorded: Recording) -> None:
    recorded.spec["profiling_checks"]["volume"]["profile_row_count"]["disabled"] = True


def _nobody_promised(recorded: Recording) -> None:
    del recorded.spec["advanced_properties"]


MUTATIONS: list[Callable[[Recording], None]] = [
    *(_older, _one_older, _nothing_ran, _all_ran, _fewer_ran, _no_result, _no_parameters, _cancelled, _failed_job),
    *(_valid_in_spite_of_errors, _counted_but_not_shown, _empty_status, _check_is_missing, _column_is_missing),
    *(_no_severity, _unknown_severity, _execution_error, _fatal),
    *(_no_checks, _check_removed_by_hand, _check_switched_off, _nobody_promised),
]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__.strip("_"))
def test_an_answer_that_looks_valid_and_is_not_blocks(mutation: Callable[[Recording], None]) -> None:
    recorded = recording("passed")
    mutation(recorded)
    assert blocks(judged(recorded))


def test_counts_of_the_month_do_not_matter() -> None:
    """With all results kept, a table's counts hold what failed weeks ago; only the newest result of each check counts."""
    recorded = recording("passed")
    recorded.status.update(execution_errors=14, errors=9, current_severity="error", highest_historical_severity="fatal")
    for status in statuses(recorded):
        status.update(execution_errors=3, errors=2, highest_historical_severity="fatal")
    assert all(result.passed for result in judged(recorded))


SEVERITIES = st.sampled_from(["valid", "warning", "error", "fatal", "execution_error", None, "other"])


@given(
    severities=st.lists(SEVERITIES, min_size=4, max_size=4), fresh=st.lists(st.booleans(), min_size=4, max_size=4), ran=st.integers(0, 6)
)
def test_it_passes_only_where_all_is_fresh_and_nothing_weighs(severities: list[str | None], fresh: list[bool], ran: int) -> None:
    recorded = recording("passed")
    for status, severity, is_fresh in zip(statuses(recorded), severities, fresh, strict=True):
        status["current_severity"] = severity
        if not is_fresh:
            status["last_executed_at"] = "2026-11-22T00:00:00Z"
    counts(recorded)["executed_checks"] = ran
    good = ran == 4 and all(fresh) and all(severity in ("valid", "warning") for severity in severities)
    results = judged(recorded)
    assert blocks(results) == (not good)
    assert sum(not result.passed for result in results) >= sum(severity != "valid" for severity in severities)
