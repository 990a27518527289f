"""The caller's side: a verb is done by a process that may stay warm, and this one shows what it prints and ends as it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from lakehouse_pipeline.warm.address import identity, socket_path

TAKEN = b"taken\n"
OUT, ERROR, EXIT = b"o", b"e", b"x"
INTERRUPT = b"i"
KILLED = 137

# Verbs that may start Spark.
_VERBS = ("run", "backfill", "query", "quarantine", "charts", "analyse", "maintain")


def warm_minutes() -> float:
    """`LAKEHOUSE_WARM`: for how many minutes without work Spark stays ready; 0, which is the default, not at all."""
    try:
        return max(0.0, float(os.environ.get("LAKEHOUSE_WARM") or 0))
    except ValueError:
        return 0.0


def relayed(arguments: Sequence[str]) -> int | None:
    """Has the verb done by the warm process of its home, or by a new one that stays; returns its exit code.

    None where this process is to do it itself: nothing is to stay warm, or the verb needs no Spark.
    """
    home = _home(arguments)
    if warm_minutes() == 0 or home is None or arguments[0] not in _VERBS:
        return None
    name = identity(home, sys.executable)
    path = socket_path(name)
    if path is None:
        return None
    environment = {name: value for name, value in os.environ.items() if name.startswith("LAKEHOUSE_")}
    request = json.dumps({"arguments": list(arguments), "environment": environment, "folder": str(Path.cwd())}).encode() + b"\n"
    waiting = _connected(path)
    code = _handed_over(waiting, request) if waiting else None
    # A process that waited may have ended just now.
    return code if code is not None else _handed_over(_started(home, name, path), request)


def _home(arguments: Sequence[str]) -> Path | None:
    """The value of --home; the platform has none."""
    found = [Path(value) for name, value in pairwise(arguments) if name == "--home"]
    return found[-1].absolute() if found else None


def _connected(path: Path) -> socket.socket | None:
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        channel.connect(str(path))
    except OSError:
        channel.close()
        return None
    return channel


def _started(home: Path, name: str, path: Path) -> socket.socket:
    """A process of its own session, which serves this call first. Nothing is loaded yet, so forking is cheap and safe."""
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        from lakehouse_pipeline.warm.serve import serve

        serve(theirs, home, name, path)
    theirs.close()
    return ours


def _handed_over(channel: socket.socket, request: bytes) -> int | None:
    """The exit code of the call, whose output is shown; None where nobody took it."""

    def interrupt(*_: object) -> None:
        with suppress(OSError):
            channel.sendall(INTERRUPT)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, interrupt)
    with channel, channel.makefile("rb") as lines:
        try:
            channel.sendall(request)
            if lines.readline() != TAKEN:
                return None
        except OSError:
            return None
        for line in lines:
            kind, content = line[:1], json.loads(line[1:])
            if kind == EXIT:
                return int(content)
            stream = sys.stdout if kind == OUT else sys.stderr
            stream.write(content)
            stream.flush()
    return KILLED
