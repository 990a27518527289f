"""Sessions of the query server, over Spark Connect."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, cast

from lakehouse_pipeline.problem import LakehouseError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
    from pyspark.sql.connect.client.core import DefaultChannelBuilder

Answer = TypeVar("Answer")

# Sessions belong to a user and an id; both are needed to end one.
USER = "pipeline"
PATIENCE_SECONDS = 120.0
# A server that lost its power closes no connection. It takes more than one question in five minutes for an attack:
# https://grpc.github.io/grpc-java/javadoc/io/grpc/netty/NettyServerBuilder.html#permitKeepAliveTime(long,java.util.concurrent.TimeUnit)
_ALIVE = {"grpc.keepalive_time_ms": 310_000, "grpc.keepalive_timeout_ms": 20_000}
_PAUSE_SECONDS = 0.1
_INTERRUPTION_SECONDS = 1.0


@dataclass(frozen=True)
class QueryServer:
    """Where it listens (`host:port`), and what it lets us in by."""

    address: str
    token: str = field(repr=False)


def open_session(server: QueryServer, session_id: str, settings: Mapping[str, str]) -> SparkSession:
    """A session with an id of our choice, so that whoever comes after us can end it. Raises LakehouseError LH2114."""
    # Functions of pyspark.sql ask this whether they build expressions for a server; pyspark sets it only in a way of its own to connect.
    os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"
    from pyspark.sql.connect.client.retries import DefaultPolicy
    from pyspark.sql.connect.session import SparkSession as ConnectSession

    try:
        session = ConnectSession.builder.channelBuilder(_channel(server, session_id)).create()
        # Its own patience is ten minutes.
        session.client.set_retry_policies([DefaultPolicy(max_retries=12, max_backoff=10_000)])
        for name, value in settings.items():
            session.conf.set(name, value)
    except Exception as error:
        raise _unreachable(server, error) from error
    return cast("SparkSession", session)


def end_session(server: QueryServer, session_id: str) -> None:
    """Ends all that runs in a session that nobody uses any more, and waits until it has ended: till then it may still commit.

    Nobody can use the id afterwards. Raises LakehouseError LH2114 where the server is not there, LH2115 where the work does not end.
    """
    from pyspark.sql.connect import proto

    channel = _channel(server, session_id)
    service: Any = proto.SparkConnectServiceStub(channel.toChannel())  # type: ignore[no-untyped-call]
    who: dict[str, Any] = {"session_id": session_id, "user_context": proto.UserContext(user_id=USER)}

    def ask(call: Callable[..., Answer], request: object) -> Answer | None:
        """The answer; None where there is no such session any more, as after a restart of the server."""
        try:
            return call(request, metadata=channel.metadata(), timeout=30)
        except Exception as error:
            if "INVALID_HANDLE" in str(error):
                return None
            raise _unreachable(server, error) from error

    every = proto.GetStatusRequest.OperationStatusRequest()
    running = proto.GetStatusResponse.OperationStatus.OPERATION_STATE_RUNNING
    deadline = time.monotonic() + PATIENCE_SECONDS
    again = 0.0
    while True:
        # An operation that was under way to the server began after it was told.
        if time.monotonic() >= again:
            ask(service.Interrupt, proto.InterruptRequest(**who, interrupt_type=proto.InterruptRequest.INTERRUPT_TYPE_ALL))
            again = time.monotonic() + _INTERRUPTION_SECONDS
        status = ask(service.GetStatus, proto.GetStatusRequest(**who, operation_status=every))
        # Interrupted operations count as running until their thread has come to its end.
        if status is None or not any(operation.state == running for operation in status.operation_statuses):
            break
        if time.monotonic() > deadline:
            raise LakehouseError(
                "LH2115",
                server.address,
                f"work of an earlier run has not ended {PATIENCE_SECONDS:.0f} seconds after it was told to (session {session_id}).",
                "Wait and run it again, or restart the query server.",
            )
        time.sleep(_PAUSE_SECONDS)
    ask(service.ReleaseSession, proto.ReleaseSessionRequest(**who))


def _channel(server: QueryServer, session_id: str) -> DefaultChannelBuilder:
    from pyspark.sql.connect.client.core import DefaultChannelBuilder

    class WithToken(DefaultChannelBuilder):
        """Sends the token over a plain channel; pyspark's own way insists on TLS as soon as there is a token."""

        def metadata(self) -> Iterable[tuple[str, str]]:
            return [*super().metadata(), ("authorization", f"Bearer {server.token}")]

    url = f"sc://{server.address}/;user_id={USER};session_id={session_id}"
    return WithToken(url, list(_ALIVE.items()))


def _unreachable(server: QueryServer, error: Exception) -> LakehouseError:
    reason = next((line for line in str(error).splitlines() if line.strip()), repr(error))
    return LakehouseError(
        "LH2114",
        server.address,
        f"the query server cannot be used: {reason[:300]}",
        "Make sure that it is healthy and has the same token, then run it again: it goes on where it stopped.",
    )
