"""PyHive as a DB-API module that waits in steps: a query can be stopped, has a time limit, and says in plain words why it failed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from pyhive import hive
from pyhive.exc import (
    DatabaseError,
    DataError,
    Error,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    Warning,  # noqa: A004
)
from pyhive.sasl_compat import PureSASLClient
from TCLIService.ttypes import TOperationState
from thrift.transport.TSocket import TSocket
from thrift_sasl import TSaslClientTransport

__all__ = [
    "DataError",
    "DatabaseError",
    "Error",
    "InterfaceError",
    "InternalError",
    "NotSupportedError",
    "OperationalError",
    "ProgrammingError",
    "Warning",
    "apilevel",
    "connect",
    "paramstyle",
    "threadsafety",
]

apilevel = "2.0"
threadsafety = 2
paramstyle = "pyformat"

# Seconds between two looks at a running query: the first are short, because most queries are.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 0.25
_RUNNING = {TOperationState.INITIALIZED_STATE, TOperationState.PENDING_STATE, TOperationState.RUNNING_STATE}

# Seconds in which the server answers each request, however long a query runs.
_ANSWER = 60

# What Java puts before a message: its classes, HiveServer2's words, and the condition where it stands again after a class.
_CLASSES = re.compile(r"^(?:(?:[\w$]+\.)+[\w$]+: |Error running query: |\[[\w.]+\] (?=(?:[\w$]+\.)+[\w$]+: ))+")


def plain_message(text: str) -> str:
    """What the server says of an error, without classes, call stack and the plan of the query."""
    message = text.split("\n\tat ", 1)[0]
    message = re.split(r";\n['+]", message, maxsplit=1)[0]
    return _CLASSES.sub("", message).strip()


class Cursor(hive.Cursor):
    def __init__(self, connection: Connection, arraysize: int = 10_000) -> None:
        super().__init__(connection, arraysize)
        self.seconds = connection.seconds

    def execute(
        self,
        operation: str,
        parameters: Mapping[str, object] | None = None,
        *,
        is_stopped: Callable[[], bool] = lambda: False,
        **_: object,
    ) -> None:
        """Runs a statement to its end. Where `is_stopped` says so, or after the time limit, it is cancelled: OperationalError."""
        super().execute(operation, parameters, async_=True)
        deadline = time.monotonic() + self.seconds
        pause = _FIRST_PAUSE
        while (status := self.poll(get_progress_update=False)).operationState in _RUNNING:
            if is_stopped():
                self.cancel()
                raise OperationalError("The query was stopped.")
            if time.monotonic() > deadline:
                self.cancel()
                raise OperationalError(f"The query took longer than {self.seconds:g} s and was cancelled. Ask for fewer rows or columns.")
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)
        if status.operationState != TOperationState.FINISHED_STATE:
            raise OperationalError(plain_message(status.errorMessage or "The query server cancelled the query."))


class Connection(hive.Connection):
    def __init__(self, transport: TSaslClientTransport, seconds: float, **arguments: Any) -> None:
        self.seconds = seconds
        super().__init__(thrift_transport=transport, **arguments)

    def cursor(self, *arguments: Any, **options: Any) -> Cursor:
        return Cursor(self, *arguments, **options)

    def rollback(self) -> None:
        """There is nothing to roll back: sessions only read."""


def connect(host: str, port: int, username: str, password: str, database: str, seconds: float) -> Connection:
    """A session of the query server, in which each query may take `seconds`."""
    socket = TSocket(host, port)
    socket.setTimeout(_ANSWER * 1000)
    client = PureSASLClient(host, username=username, password=password)
    transport = TSaslClientTransport(lambda: client, "PLAIN", socket)
    return Connection(transport, seconds, username=username, database=database)
