"""SIGTERM and Ctrl-C: Spark's work is ended first, since a thread that waits for it hears nothing else."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

# A thread between two pieces of work begins the next one; it is ended too.
_PAUSE_SECONDS = 1.0

# As long as a run takes to note its end, and no longer than a person waits to try again.
_PATIENCE_SECONDS = 10.0

_interrupted = threading.Event()


@contextlib.contextmanager
def ending_work(end_work: Callable[[], None]) -> Iterator[None]:
    """While the block runs, a signal has `end_work` called, again and again until the block is left."""
    left = threading.Event()

    def watch() -> None:
        _interrupted.wait()
        while not left.is_set():
            # What has ended by itself cannot be ended.
            with contextlib.suppress(Exception):
                end_work()
            time.sleep(_PAUSE_SECONDS)

    threading.Thread(target=watch, daemon=True, name="interruption").start()
    try:
        yield
    finally:
        left.set()


def handle_signals() -> None:
    """From now on both signals raise KeyboardInterrupt in the main thread; those that follow at once do not.

    The run that was interrupted is noting its end then, which an impatient person must not prevent.
    """
    last: float | None = None

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        nonlocal last
        _interrupted.set()
        if last is None or time.monotonic() - last > _PATIENCE_SECONDS:
            last = time.monotonic()
            raise KeyboardInterrupt

    _interrupted.clear()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, interrupt)


@contextlib.contextmanager
def keeping_signals() -> Iterator[None]:
    """What handles Ctrl-C before the block handles it afterwards too: a starting Spark puts a handler of its own in its place."""
    before = signal.getsignal(signal.SIGINT)
    yield
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, before)
