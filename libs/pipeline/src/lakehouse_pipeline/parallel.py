from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")

# Small steps spend their time in the driver, planning and writing logs, so a few more than there are cores pay.
MOST_AT_ONCE = 4


def in_parallel(tasks: Sequence[Callable[[], Result]]) -> list[Result]:
    """The results in the order of the tasks. All tasks end before the first failure among them is raised."""
    if len(tasks) <= 1:
        return [task() for task in tasks]
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        started = [pool.submit(task) for task in tasks]
    return [future.result() for future in started]
