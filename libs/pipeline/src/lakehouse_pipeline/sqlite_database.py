from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from lakehouse_pipeline.database import Row, Statement


class SqliteDatabase:
    """The database of an embedded lakehouse: one file."""

    def __init__(self, path: Path, schema: str) -> None:
        self._turn = threading.RLock()
        self._connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = full")
        self._connection.executescript(schema)

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        # A connection that threads share sees what another thread has begun to write and may take back.
        with self._turn:
            return [dict(row) for row in self._connection.execute(sql, parameters)]

    def write(self, *statements: Statement) -> None:
        with self._turn:
            self._connection.execute("begin immediate")
            try:
                for statement in statements:
                    self._connection.executemany(statement.sql, statement.parameters)
            except BaseException:
                self._connection.execute("rollback")
                raise
            self._connection.execute("commit")

    def close(self) -> None:
        self._connection.close()
