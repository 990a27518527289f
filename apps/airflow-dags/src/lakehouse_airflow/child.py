"""The pipeline's runtime as a child process: its packages and Airflow's do not get along in one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

_KEPT = ("HOME", "LANG", "PATH", "TZ", "TMPDIR", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
_KEPT_PREFIXES = ("LAKEHOUSE_", "S3_")


class Child:
    """One call of `python -m lakehouse_pipeline`."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = arguments
        self._process: subprocess.Popen[str] | None = None

    def run(self, on_line: Callable[[str], None]) -> int:
        """Runs it to its end and returns its exit code; `on_line` is given each line that it prints."""
        # It ends in good order even where this process is killed without a word, and it is out of reach of what
        # Airflow sends to a task's group of processes: that would leave it no time to interrupt its work in Spark.
        guard = ["setpriv", "--pdeathsig", "TERM", "--"]
        self._process = subprocess.Popen(
            [*guard, sys.executable, "-m", "lakehouse_pipeline", *self._arguments],
            env=runtime_environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                on_line(line.rstrip("\n"))
        return self._process.wait()

    def stop(self) -> None:
        """Asks it to stop. It interrupts what it has running in Spark and ends; whoever waits for it sees that."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)


def runtime_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What the runtime sees of the environment: the platform's settings, nothing of Airflow's with its keys."""
    kept = {name: value for name, value in environment.items() if name in _KEPT or name.startswith(_KEPT_PREFIXES)}
    return {**kept, "PYTHONPATH": environment.get("LAKEHOUSE_RUNTIME_PATH", ""), "PYTHONUNBUFFERED": "1"}
