"""The process that stays: does one call after the other, and ends when nobody calls, or when it is out of date."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import sys
import threading
import time
import traceback
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path

from lakehouse_pipeline.warm.address import identity
from lakehouse_pipeline.warm.record import record_file
from lakehouse_pipeline.warm.relay import ERROR, EXIT, OUT, TAKEN, warm_minutes

# How often an idle process looks whether it is still wanted.
_TICK_SECONDS = 5.0
# Exit codes after which Spark is in order: done, audit failed, wrong usage.
_SOUND = (0, 1, 2)


def serve(first: socket.socket, home: Path, name: str, path: Path) -> None:
    """Does the call of `first`, then those that come to the socket at `path`; never returns."""
    os.setsid()
    _leave_streams(home)
    try:
        channel: socket.socket | None = first
        while channel is not None:
            code = _answer(channel)
            channel = _next_call(home, name, path) if code in _SOUND and _spark_lives() else None
    except KeyboardInterrupt:
        pass
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        _end_spark()
        os._exit(0)


def _leave_streams(home: Path) -> None:
    """The caller's output must close when the caller ends, though this process and its JVM live on."""
    folder = home / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    log = os.open(folder / "warm.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)


class _Frames(io.TextIOBase):
    """A text stream whose text goes to the caller."""

    def __init__(self, channel: socket.socket, kind: bytes, sending: threading.Lock) -> None:
        self._channel, self._kind, self._sending = channel, kind, sending

    def write(self, text: str) -> int:
        with self._sending, suppress(OSError):
            self._channel.sendall(self._kind + json.dumps(text).encode() + b"\n")
        return len(text)


def _answer(channel: socket.socket) -> int:
    """Does one call as a process of its own would, and returns its exit code."""
    from lakehouse_pipeline.command_line import main

    reader = channel.makefile("rb")
    line = reader.readline()
    if not line:
        # It only asked whether somebody waits here.
        channel.close()
        return 0
    request = json.loads(line)
    channel.sendall(TAKEN)
    for variable in [name for name in os.environ if name.startswith("LAKEHOUSE_")]:
        del os.environ[variable]
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    ended = threading.Event()
    threading.Thread(target=_heed, args=(reader, ended), daemon=True).start()
    sending = threading.Lock()
    sys.stdout, sys.stderr = _Frames(channel, OUT, sending), _Frames(channel, ERROR, sending)
    try:
        code = main(request["arguments"], keeps_spark=True)
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    finally:
        ended.set()
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    with suppress(OSError):
        channel.sendall(EXIT + str(code).encode() + b"\n")
        channel.shutdown(socket.SHUT_RDWR)
    channel.close()
    return code


def _heed(reader: io.BufferedReader, ended: threading.Event) -> None:
    """A caller that interrupts, or is gone, ends the work as a signal does."""
    while not ended.is_set():
        with suppress(OSError, ValueError):
            word = reader.read(1)
        if ended.is_set():
            return
        os.kill(os.getpid(), signal.SIGTERM)
        if not word:
            return


def _next_call(home: Path, name: str, path: Path) -> socket.socket | None:
    """Waits for a call; None where none came in time, another process waits here already, or code and settings changed.

    Only a process that waits can be reached, so a call beside another one starts a Spark of its own.
    """
    minutes = warm_minutes()
    until = time.monotonic() + 60 * minutes
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        if not _bound(listener, path):
            return None
        listener.listen(1)
        listener.settimeout(_TICK_SECONDS)
        record = record_file(home)
        try:
            since = datetime.now(timezone.utc).isoformat(timespec="seconds")
            record.write_text(json.dumps({"process": os.getpid(), "since": since, "minutes": minutes}), encoding="utf-8")
            while time.monotonic() < until and _spark_lives() and identity(home, sys.executable) == name:
                with suppress(TimeoutError):
                    return listener.accept()[0]
        except OSError:
            # The home, the socket or the code is gone.
            return None
        finally:
            for file in (path, record):
                file.unlink(missing_ok=True)
    return None


def _bound(listener: socket.socket, path: Path) -> bool:
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
        other.connect(str(path))
        return False
    path.unlink(missing_ok=True)
    try:
        listener.bind(str(path))
    except OSError:
        return False
    return True


def _spark_lives() -> bool:
    """Whether a Spark was started and its JVM runs. A process without one has nothing to keep warm."""
    module = sys.modules.get("pyspark.core.context")
    context = module.SparkContext._active_spark_context if module else None
    return context is not None and context._gateway.proc.poll() is None


def _end_spark() -> None:
    if _spark_lives():
        with suppress(Exception):
            sys.modules["pyspark.core.context"].SparkContext._active_spark_context.stop()
