"""A person's command waits for a scheduler's tasks, and is refused where another person's command is at work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from functools import partial

import pytest
from ledgers import address, open_database, server  # noqa: F401

from lakehouse_pipeline.leases import Leases
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.turn import hold_in_turn

Hold = Callable[[], AbstractContextManager[object]]


def holding(address: dict[str, str], run: str, owner: str | None = None, keep_seconds: float = 0) -> Hold:  # noqa: F811
    """How a process of its own takes the lease. `owner`: the scheduler's run whose task it is."""
    return partial(Leases(open_database(address), lambda _: None).hold, "sales", run, owner, keep_seconds)


def waited(events: list[Mapping[str, object]]) -> list[tuple[object, object]]:
    return [(event["event"], event.get("detail")) for event in events]


def test_it_waits_until_the_scheduler_lets_go(address: dict[str, str]) -> None:  # noqa: F811
    events: list[Mapping[str, object]] = []
    leases = Leases(open_database(address), lambda _: None)
    with ExitStack() as task:
        task.enter_context(holding(address, "task-1", "airflow sales__ingest", keep_seconds=2)())
        threading.Timer(1.5, task.pop_all().close).start()
        with hold_in_turn(holding(address, "run-1"), events.append, "sales"):
            assert (leases.holder("sales") or {})["run"] == "run-1"
    assert waited(events) == [("stepStarted", "for airflow sales__ingest"), ("stepFinished", "")]


def test_where_nobody_is_at_work_it_says_nothing(address: dict[str, str]) -> None:  # noqa: F811
    events: list[Mapping[str, object]] = []
    with hold_in_turn(holding(address, "run-1"), events.append, "sales"):
        pass
    assert events == []


def test_another_persons_command_is_named_at_once(address: dict[str, str]) -> None:  # noqa: F811
    events: list[Mapping[str, object]] = []
    with (
        holding(address, "run-1")(),
        pytest.raises(LakehouseError, match=r"LH2102 sales: run run-1 on "),
        hold_in_turn(holding(address, "run-2"), events.append, "sales"),
    ):
        pass
    assert events == []
