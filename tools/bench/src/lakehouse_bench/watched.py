"""A child process that is watched: time, CPU, memory, whether a JVM ran, and what it printed and when."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_SAMPLE_SECONDS = 0.02


@dataclass(frozen=True)
class Watched:
    exit: int
    seconds: float
    """Of the process and all its descendants."""
    cpu_seconds: float
    """The largest resident memory of the process and its descendants together."""
    peak_bytes: int
    java_started: bool
    """Lines of standard output, each with the second at which it came."""
    lines: tuple[tuple[float, str], ...]
    errors: str


class MeasurementError(Exception):
    """A measured program did not succeed, so its figures mean nothing."""


def run_watched(command: Sequence[str], environment: Mapping[str, str], folder: Path, expected: Sequence[int] = (0,)) -> Watched:
    """Runs `command` with just this `environment`; raises MeasurementError on an exit code that is not expected."""
    before = _children_cpu()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        started = time.monotonic()
        process = subprocess.Popen(list(command), env=dict(environment), cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True)
        sampler = _Sampler(process.pid)
        assert process.stdout is not None
        lines = tuple((time.monotonic() - started, line.rstrip("\n")) for line in process.stdout)
        code = process.wait()
        seconds = time.monotonic() - started
        sampler.stop()
        errors.seek(0)
        text = errors.read()
    if code not in expected:
        tail = "\n".join([*[line for _, line in lines[-10:]], *text.splitlines()[-30:]])
        raise MeasurementError(f"{' '.join(command)} ended with exit code {code}:\n{tail}")
    return Watched(code, seconds, _children_cpu() - before, sampler.peak_bytes, sampler.java_started, lines, text)


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class _Sampler:
    def __init__(self, pid: int) -> None:
        self.peak_bytes = 0
        self.java_started = False
        self._stopped = threading.Event()
        self._root = psutil.Process(pid)
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._stopped.wait(_SAMPLE_SECONDS):
            total = 0
            try:
                family = [self._root, *self._root.children(recursive=True)]
            except psutil.Error:
                return
            for member in family:
                try:
                    total += member.memory_info().rss
                    self.java_started = self.java_started or member.name() == "java"
                except psutil.Error:
                    continue
            self.peak_bytes = max(self.peak_bytes, total)


def own_environment(**changes: str) -> dict[str, str]:
    """The environment of this process with changes."""
    return {**os.environ, **changes}
