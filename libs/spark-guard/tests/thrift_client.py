"""A raw client of the Thrift Server, which sends what a well-behaved one would not."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from query_server import PASSWORDS, QueryServer
from TCLIService import TCLIService, ttypes
from thrift.protocol.TBinaryProtocol import TBinaryProtocol
from thrift.transport.TSocket import TSocket
from thrift.transport.TTransport import TTransportException
from thrift_sasl import TSaslClientTransport

Row = tuple[Any, ...]
DONE = {ttypes.TOperationState.FINISHED_STATE, ttypes.TOperationState.ERROR_STATE}


class RefusedError(Exception):
    """What the server said, and the SQLSTATE that it gave."""

    def __init__(self, message: str, state: str | None) -> None:
        super().__init__(message)
        self.state = state


class _Plain:
    """SASL PLAIN, whose one message is free to choose."""

    def __init__(self, message: str) -> None:
        self.message = message.encode()

    def start(self, _mechanisms: str) -> tuple[bool, str, bytes]:
        return True, "PLAIN", self.message

    def encode(self, data: bytes) -> tuple[bool, bytes]:
        return True, data


@dataclass
class Session:
    client: Any
    handle: Any

    def execute(self, statement: str, background: bool = True, overlay: Mapping[str, str] | None = None) -> Sequence[Row]:
        request = ttypes.TExecuteStatementReq(self.handle, statement, dict(overlay or {}), background)
        return self.fetch(self.client.ExecuteStatement(request))

    def ask(self, what: str, **arguments: Any) -> Sequence[Row]:
        """One of the operations without SQL: `Schemas`, `Tables`, `Columns`, …"""
        request = getattr(ttypes, f"TGet{what}Req")(sessionHandle=self.handle, **arguments)
        return self.fetch(getattr(self.client, f"Get{what}")(request))

    def fetch(self, response: Any) -> Sequence[Row]:
        check(response.status)
        operation = response.operationHandle
        while (state := self.client.GetOperationStatus(ttypes.TGetOperationStatusReq(operation))).operationState not in DONE:
            time.sleep(0.01)
        if state.operationState == ttypes.TOperationState.ERROR_STATE:
            raise RefusedError(state.errorMessage, state.sqlState)
        fetched = self.client.FetchResults(ttypes.TFetchResultsReq(operation, ttypes.TFetchOrientation.FETCH_FIRST, 1000))
        check(fetched.status)
        self.client.CloseOperation(ttypes.TCloseOperationReq(operation))
        columns = [next(value for value in vars(column).values() if value is not None) for column in fetched.results.columns]
        return list(zip(*(nullable(column) for column in columns), strict=True))


def nullable(column: Any) -> Sequence[Any]:
    """Its values: a bit of `nulls` stands for each, and trailing zeros are left out."""
    bits = int.from_bytes(column.nulls, "little")
    return [None if bits >> number & 1 else value for number, value in enumerate(column.values)]


def check(status: Any) -> None:
    if status.statusCode not in (ttypes.TStatusCode.SUCCESS_STATUS, ttypes.TStatusCode.SUCCESS_WITH_INFO_STATUS):
        raise RefusedError(status.errorMessage, status.sqlState)


@contextmanager
def session(
    server: QueryServer,
    user: str = "bi",
    password: str | None = None,
    *,
    acting_as: str = "",
    claimed: str | None = None,
    configuration: Mapping[str, str] | None = None,
) -> Iterator[Session]:
    """A session of a user; `acting_as` and `claimed` name another one in the login and in the request."""
    message = f"{acting_as}\0{user}\0{PASSWORDS.get(user, '') if password is None else password}"
    transport = TSaslClientTransport(lambda: _Plain(message), "PLAIN", TSocket("127.0.0.1", server.thrift))
    try:
        transport.open()
    except TTransportException as refusal:
        raise RefusedError(str(refusal), None) from refusal
    try:
        client = TCLIService.Client(TBinaryProtocol(transport))
        request = ttypes.TOpenSessionReq(username=claimed, configuration=None if configuration is None else dict(configuration))
        response = client.OpenSession(request)
        check(response.status)
        yield Session(client, response.sessionHandle)
        client.CloseSession(ttypes.TCloseSessionReq(response.sessionHandle))
    finally:
        transport.close()
