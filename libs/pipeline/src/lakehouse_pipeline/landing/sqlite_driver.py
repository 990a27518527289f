from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

from lakehouse_pipeline.landing.database_driver import DatabaseColumn, DatabaseReader, LagQuery
from lakehouse_pipeline.landing.manifest import WatermarkValue
from lakehouse_pipeline.landing.sqlite_types import sqlite_column

_PORTION = 10_000
_LOCK_SECONDS = 10.0


class SqliteDriver:
    """Reads SQLite files: `sqlite:///relative/path` or `sqlite:////absolute/path`."""

    failures: tuple[type[Exception], ...] = (sqlite3.Error,)

    @contextmanager
    def open(self, url: str, workspace: Path) -> Iterator[DatabaseReader]:
        path = (workspace / unquote(url.removeprefix("sqlite:///"))).absolute()
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=_LOCK_SECONDS)) as connection:
            connection.isolation_level = None
            # Text that is not UTF-8 must reach us: it makes one row malformed, not the whole table unreadable.
            connection.text_factory = lambda raw: raw.decode(errors="surrogateescape")
            connection.execute("begin")
            yield _SqliteReader(connection)


class _SqliteReader:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def columns(self, relation: str) -> Sequence[DatabaseColumn]:
        found = self._connection.execute("select name, type from pragma_table_info(?)", (relation,)).fetchall()
        return [sqlite_column(str(name), str(declared)) for name, declared in found]

    def relations(self) -> Sequence[str]:
        found = self._connection.execute("select name from sqlite_master where type in ('table', 'view') order by name")
        return [str(name) for (name,) in found]

    def largest(self, relation: str, column: str) -> WatermarkValue:
        (value,) = self._connection.execute(f"select max({_quoted(column)}) from {_quoted(relation)}").fetchone()
        return value if isinstance(value, (str, int, float)) else None

    def rows(self, relation: str, columns: Sequence[str], lag: LagQuery | None) -> Iterator[Sequence[Sequence[object]]]:
        names = ", ".join(_quoted(column) for column in columns)
        if lag is None:
            cursor = self._connection.execute(f"select {names}, 1 from {_quoted(relation)}")
        else:
            watermark = _quoted(lag.column)
            condition = "" if lag.above is None else f" where {watermark} > :above or {watermark} is null"
            cursor = self._connection.execute(
                f"select {names}, coalesce({watermark} > :again, 1) from {_quoted(relation)}{condition} order by {watermark}",
                {"above": lag.above, "again": lag.again_above},
            )
        while portion := cursor.fetchmany(_PORTION):
            yield portion


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))
