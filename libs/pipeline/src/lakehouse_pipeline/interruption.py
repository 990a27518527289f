"""SIGTERM and Ctrl-C: Spark's work is ended first, since a thread that waits for it hears nothing else."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

# A thread between two pieces of work begins the next one; it is ended too.
_PAUSE_SECONDS = 1.0

# As long as a run takes to note its end, and no longer than a person waits to try again.
_PATIENCE_SECONDS = 10.0
_WAKE_SECONDS = 0.2

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
    heard, told = os.pipe()
    os.set_blocking(told, False)
    earlier = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    if earlier >= 0:
        os.close(earlier)
    threading.Thread(target=_wake_main_thread, args=(heard, interrupt), daemon=True, name="signals").start()


def _wake_main_thread(heard: int, handler: object) -> None:
    """Sends the main thread each signal again until it has taken it; ends when the other end of `heard` is closed.

    The kernel may give a signal to any thread, Python has the main thread handle it, and that one may sleep on in a lock:
    https://docs.python.org/3/library/signal.html#signals-and-threads
    """
    main = threading.main_thread().ident
    with open(heard, "rb", buffering=0) as signals:
        while word := signals.read(1):
            while main is not None and signal.getsignal(word[0]) is handler and not _interrupted.wait(_WAKE_SECONDS):
                signal.pthread_kill(main, word[0])


@contextlib.contextmanager
def keeping_signals() -> Iterator[None]:
    """What handles Ctrl-C before the block handles it afterwards too: a starting Spark puts a handler of its own in its place."""
    before = signal.getsignal(signal.SIGINT)
    yield
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, before)
