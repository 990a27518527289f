from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import TextIO

import psutil

from lakehouse_pipeline.held import held


@contextmanager
def domain_lock(path: Path, domain: str, run: str) -> Iterator[None]:
    """Holds the only right to write a domain. The operating system frees it when the process ends, however it ends.

    Raises LakehouseError LH2102 that names the holder where another run has it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise held(domain, _read(file)) from None
        _end_leftover_jvm(file)
        _write(file, {"run": run, "host": socket.gethostname(), "process": os.getpid(), "since": _now()})
        try:
            yield
        finally:
            file.truncate(0)


def record_jvm(locks: Path, process: int) -> None:
    """Notes in all locks of this process, among those in the folder, its JVM: whoever comes next ends it should this process be killed."""
    for path in locks.glob("*.lock"):
        with path.open("r+") as file:
            held = _read(file)
            if held.get("process") == os.getpid():
                _write(file, {**held, "jvm": process})


def lock_holder(path: Path) -> dict[str, object] | None:
    """Who holds the lock (run, host, process, since), or None where it is free."""
    if not path.exists():
        return None
    with path.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _read(file)
        return None


def _end_leftover_jvm(file: TextIO) -> None:
    """A JVM outlives its killed driver by some seconds and may still commit; it must be gone before anything is read."""
    process = _read(file).get("jvm")
    if not isinstance(process, int):
        return
    with contextlib.suppress(psutil.NoSuchProcess):
        jvm = psutil.Process(process)
        if any("lakehouse.home" in argument for argument in jvm.cmdline()):
            jvm.kill()
            _wait_for_end(jvm)


def _wait_for_end(process: psutil.Process) -> None:
    # psutil's own wait fails with FileNotFoundError where the process ends while it opens a handle of it.
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        process.wait(timeout=30)


def _read(file: TextIO) -> dict[str, object]:
    file.seek(0)
    try:
        value = json.loads(file.read() or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _write(file: TextIO, value: dict[str, object]) -> None:
    file.seek(0)
    file.truncate(0)
    file.write(json.dumps(value))
    file.flush()


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
