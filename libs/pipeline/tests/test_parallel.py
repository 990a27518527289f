from __future__ import annotations

import _thread
import threading
import time
from dataclasses import dataclass
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse_pipeline.parallel import MOST_AT_ONCE, in_order, in_parallel


@dataclass(frozen=True)
class Step:
    name: str
    needs: tuple[str, ...] = ()


@st.composite
def graphs(draw: st.DrawFn) -> list[Step]:
    """Steps that need only earlier ones, in any order."""
    count = draw(st.integers(0, 8))
    steps = [Step(str(n), tuple(str(m) for m in draw(st.sets(st.integers(0, n - 1))))) if n else Step("0") for n in range(count)]
    return draw(st.permutations(steps))


@given(graphs())
def test_each_is_done_once_after_all_that_it_needs(steps: list[Step]) -> None:
    done: list[str] = []

    def do(step: Step) -> str:
        assert set(step.needs) <= set(done)
        done.append(step.name)
        return f"did {step.name}"

    assert in_order(steps, lambda step: step.needs, do) == [f"did {step.name}" for step in steps]
    assert sorted(done) == sorted(step.name for step in steps)


def test_what_needs_nothing_of_each_other_goes_at_once() -> None:
    together = threading.Barrier(2, timeout=10)
    in_order([Step("a"), Step("b")], lambda step: step.needs, lambda _: together.wait())


def test_steps_that_need_each_other_go_in_their_order() -> None:
    done: list[str] = []
    in_order([Step("a", ("b", "a")), Step("b", ("a",))], lambda step: step.needs, lambda step: done.append(step.name))
    assert done == ["a", "b"]


def test_after_a_failure_nothing_new_is_begun() -> None:
    done: list[str] = []

    def do(step: Step) -> None:
        done.append(step.name)
        raise ValueError(step.name)

    with pytest.raises(ValueError, match="a"):
        in_order([Step("a"), Step("b", ("a",))], lambda step: step.needs, do)
    assert done == ["a"]


def test_after_an_interruption_nothing_new_is_begun() -> None:
    begun: list[int] = []

    def do(number: int) -> None:
        begun.append(number)
        if number == 0:
            _thread.interrupt_main()
        time.sleep(0.5)

    with pytest.raises(KeyboardInterrupt):
        in_parallel([partial(do, number) for number in range(2 * MOST_AT_ONCE)])
    assert set(begun) <= set(range(MOST_AT_ONCE))
