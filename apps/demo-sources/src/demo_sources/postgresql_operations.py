from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from lakehouse_pipeline.postgresql_address import postgresql_address

_TABLES = {
    "airlines": "carrier text primary key, name text, updated_at timestamptz not null",
    "airports": """
      faa text primary key, name text, lat double precision, lon double precision, alt bigint, tz bigint, dst text, tzone text,
      updated_at timestamptz not null
    """,
    "planes": """
      tailnum text primary key, year bigint, type text, manufacturer text, model text, engines bigint, seats bigint, speed bigint,
      engine text, updated_at timestamptz not null
    """,
}
_TURN = 7_301
_PATIENCE = 60.0


def load_operations(prepared: Path, url: str) -> int:
    """
    Makes the tables of a PostgreSQL database hold exactly the rows of the SQLite file that `prepare` wrote; says how many it changed.

    One transaction: readers see all of it or nothing, and rows that are right already are not touched.
    """
    with closing(sqlite3.connect(f"{prepared.absolute().as_uri()}?mode=ro", uri=True)) as source, _connect(url) as target:
        target.execute("select pg_advisory_xact_lock(%s)", (_TURN,))
        return sum(_load_table(target, table, source.execute(f"select * from {table}")) for table in _TABLES)


def _load_table(target: psycopg.Connection, table: str, rows: sqlite3.Cursor) -> int:
    columns = [str(column[0]) for column in rows.description]
    names = {
        "table": sql.Identifier(table),
        "incoming": sql.Identifier(f"incoming_{table}"),
        "key": sql.Identifier(columns[0]),
        "columns": sql.SQL(", ").join(map(sql.Identifier, columns)),
        "new": sql.SQL(", ").join(sql.Identifier("excluded", column) for column in columns),
    }
    target.execute(f"create table if not exists {table} ({_TABLES[table]})")
    target.execute(sql.SQL("create temporary table {incoming} (like {table}) on commit drop").format(**names))
    _copy(target, sql.SQL("copy {incoming} ({columns}) from stdin").format(**names), rows)
    removed = target.execute(sql.SQL("delete from {table} where {key} not in (select {key} from {incoming})").format(**names))
    written = target.execute(
        sql.SQL("""
            insert into {table} ({columns}) select {columns} from {incoming}
            on conflict ({key}) do update set ({columns}) = row ({new}) where {table}.* is distinct from excluded.*
        """).format(**names)
    )
    return removed.rowcount + written.rowcount


def _copy(target: psycopg.Connection, statement: sql.Composed, rows: Iterable[tuple[object, ...]]) -> None:
    with target.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _connect(url: str) -> psycopg.Connection:
    """A connection; a server that is only starting is waited for."""
    conninfo = make_conninfo(**{"connect_timeout": "10", **postgresql_address(url, Path()).parameters})
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return psycopg.connect(conninfo)
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(1)
