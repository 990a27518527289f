from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from lakehouse_pipeline.landing.database_driver import ConnectionUrlError, DatabaseReader
from lakehouse_pipeline.landing.postgresql_reader import PostgresqlReader
from lakehouse_pipeline.postgresql_address import EXAMPLE, AddressError, postgresql_address

# A server that is cut off without a word is noticed after about half a minute.
_PATIENCE = {
    "connect_timeout": "10",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
_PATIENCE_OF_STATEMENTS = {"statement_timeout": "15min", "lock_timeout": "10s"}
# How values are written, whatever the server's or the role's own settings are.
_FORMS = {
    "bytea_output": "hex",
    "DateStyle": "ISO, YMD",
    "extra_float_digits": "1",
    "IntervalStyle": "iso_8601",
    "lc_monetary": "C",
    "TimeZone": "UTC",
}
_PLANS = {
    # We read to the end, and rows that come in the same order every time make the same files.
    "cursor_tuple_fraction": "1",
    "synchronize_seqscans": "off",
}


class PostgresqlFailure(Exception):  # noqa: N818
    """What the server or the way to it says, with the place and without secrets."""


class PostgresqlDriver:
    """Reads PostgreSQL databases; see postgresql_address for their URLs."""

    failures: tuple[type[Exception], ...] = (PostgresqlFailure,)

    @contextmanager
    def open(self, url: str, workspace: Path) -> Iterator[DatabaseReader]:
        try:
            address = postgresql_address(url, workspace)
        except AddressError as error:
            raise ConnectionUrlError(str(error), EXAMPLE) from error
        try:
            with closing(psycopg.connect(make_conninfo(**{**_PATIENCE, "client_encoding": "UTF8", **address.parameters}))) as connection:
                connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                connection.read_only = True
                connection.prepare_threshold = None
                _configure(connection)
                yield PostgresqlReader(connection)
        except psycopg.Error as error:
            raise PostgresqlFailure(f"{address.shown}: {' '.join(str(error).split()).rstrip('.')}") from error


def _configure(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Settings of this transaction alone, so that they are safe behind a connection pool. Time limits of the URL or the role stay."""
    forms = [sql.SQL("set_config({}, {}, true)").format(name, value) for name, value in {**_FORMS, **_PLANS}.items()]
    limits = [
        sql.SQL("set_config({0}, coalesce(nullif(current_setting({0}), '0'), {1}), true)").format(name, value)
        for name, value in _PATIENCE_OF_STATEMENTS.items()
    ]
    connection.execute(sql.SQL("select {}").format(sql.SQL(", ").join([*forms, *limits])))
