from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Protocol, TypeVar


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Result = TypeVar("Result")
Item = TypeVar("Item", bound=_Named)

# Small steps spend their time in the driver, planning and writing logs, so a few more than there are cores pay.
MOST_AT_ONCE = 4


def in_parallel(tasks: Sequence[Callable[[], Result]]) -> list[Result]:
    """The results in the order of the tasks. All tasks end before the first failure among them is raised.

    After an interruption nothing new is begun, and it goes on when what was begun has ended.
    """
    if len(tasks) <= 1:
        return [task() for task in tasks]
    pool = ThreadPoolExecutor(MOST_AT_ONCE)
    try:
        started = [pool.submit(task) for task in tasks]
        wait(started)
    finally:
        pool.shutdown(cancel_futures=True)
    return [future.result() for future in started]


def in_order(items: Sequence[Item], needs: Callable[[Item], Collection[str]], do: Callable[[Item], Result]) -> list[Result]:
    """Does each item as soon as those that it `needs`, by name, are done, several at once; the results in the order of the items.

    Of items that need each other the first goes first. After a failure nothing new is begun, and it is raised when all have ended.
    """
    results: dict[str, Result] = {}
    left = list(items)
    running: dict[Future[Result], str] = {}
    pool = ThreadPoolExecutor(MOST_AT_ONCE)
    try:
        while left or running:
            undone = {item.name for item in left} | set(running.values())
            ready = [item for item in left if not (undone - {item.name}) & set(needs(item))]
            for item in ready or ([] if running else left[:1]):
                running[pool.submit(do, item)] = item.name
                left.remove(item)
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                results[running.pop(future)] = future.result()
    finally:
        pool.shutdown(cancel_futures=True)
    return [results[item.name] for item in items]
