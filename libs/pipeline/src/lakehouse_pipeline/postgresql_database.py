from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import psycopg
from psycopg.adapt import Loader
from psycopg.rows import DictRow, dict_row

from lakehouse_pipeline.database import Row, Statement
from lakehouse_pipeline.problem import LakehouseError

Connection = psycopg.Connection[DictRow]
Result = TypeVar("Result")

# A restart of the server, or a network that fails for a minute, costs time and not the run.
PATIENCE_SECONDS = 90.0
_PAUSE_SECONDS = 0.5
# Both ends notice within half a minute that the other one is gone without a word.
_ALIVE = {"keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3"}
# Of the locks that PostgreSQL keeps for applications: the one under which tables are made.
SCHEMA_LOCK = (7201, 0)


class PostgresqlDatabase:
    """The database of the platform's ledger and leases: one connection, made again where it breaks.

    What a connection held (locks) ends with it, so `on_connect` claims it for each new one, or raises.
    """

    def __init__(self, parameters: Mapping[str, str], schema: str) -> None:
        self.turn = threading.RLock()
        self.place = f"{parameters.get('host')}:{parameters.get('port')}/{parameters.get('dbname')}"
        self.on_connect: Callable[[Connection], None] = lambda _: None
        # Carried out at the start of every transaction that writes; raises where the right to write is lost.
        self.before_write: Callable[[Connection], None] = lambda _: None
        self._parameters = dict(parameters)
        self._connection: Connection | None = None
        self.run(lambda connection: _make_tables(connection, schema), patience=10.0)

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        return self.run(lambda connection: list(connection.execute(_in_postgresql(sql), parameters).fetchall()))

    def write(self, *statements: Statement) -> None:
        """See Database. Where the answer to a commit is lost, the server is asked what became of it before it is tried again."""
        committing: str | None = None

        def attempt(connection: Connection) -> None:
            nonlocal committing
            if committing is not None and _was_committed(connection, committing):
                return
            committing = None
            with connection.transaction(), connection.cursor() as cursor:
                self.before_write(connection)
                for statement in statements:
                    cursor.executemany(_in_postgresql(statement.sql), statement.parameters)
                committing = _transaction_id(connection)

        self.run(attempt)

    def run(self, work: Callable[[Connection], Result], patience: float = PATIENCE_SECONDS) -> Result:
        """Does `work`, which must bear being done again, on a connection that lives; raises LH2112 where there is none in time."""
        deadline = time.monotonic() + patience
        with self.turn:
            while True:
                try:
                    return work(self._connected())
                except psycopg.Error as error:
                    if self._connection is not None and not self._connection.closed:
                        raise
                    self._connection = None
                    if time.monotonic() > deadline:
                        raise _unreachable(self.place, error) from error
                    time.sleep(_PAUSE_SECONDS)

    def close(self) -> None:
        with self.turn:
            if self._connection is not None:
                self._connection.close()

    def _connected(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = None
            connection = _connect(self._parameters)
            try:
                self.on_connect(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection


class _Whole(Loader):
    """Sums of counts, which PostgreSQL gives as `numeric`."""

    def load(self, data: Any) -> int:
        return int(bytes(data))


def _connect(parameters: Mapping[str, str]) -> Connection:
    settings = {
        "client_min_messages": "warning",
        "timezone": "UTC",
        **{f"tcp_{name}": value for name, value in _ALIVE.items()},
    }
    connection: Connection = psycopg.connect(
        **{"connect_timeout": "5", "application_name": "lakehouse", "tcp_user_timeout": "30000", **_ALIVE, **parameters},  # type: ignore[arg-type]
        options=" ".join(f"-c {name}={value}" for name, value in settings.items()),
        autocommit=True,
        row_factory=dict_row,
    )
    connection.adapters.register_loader("numeric", _Whole)
    return connection


def _make_tables(connection: Connection, schema: str) -> None:
    with connection.transaction():
        # Two that make the same table at once would fail, though each says "if not exists".
        connection.execute("select pg_advisory_xact_lock(%s, %s)", SCHEMA_LOCK)
        connection.execute(schema.encode())


def _in_postgresql(sql: str) -> Any:
    """The one place where the two databases differ: how parameters are marked."""
    return sql.replace("?", "%s")


def _transaction_id(connection: Connection) -> str:
    found = connection.execute("select pg_current_xact_id()::text as id").fetchone()
    assert found is not None
    return str(found["id"])


def _was_committed(connection: Connection, transaction: str) -> bool:
    while True:
        found = connection.execute("select pg_xact_status(%s::xid8) as status", (transaction,)).fetchone()
        # The server may still be at it, where only the connection broke.
        if found is None or found["status"] != "in progress":
            return found is not None and found["status"] == "committed"
        time.sleep(_PAUSE_SECONDS)


def _unreachable(place: str, error: psycopg.Error) -> LakehouseError:
    reason = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
    return LakehouseError(
        "LH2112",
        place,
        f"the ledger cannot be reached: {reason}.",
        "Make sure that PostgreSQL runs and its password is right, then run it again: it goes on where it stopped.",
    )
