from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from demo_sources.months import DATA_YEAR, Month
from demo_sources.package_data import read_table, read_text

_SCHEMA = """
create table airlines (carrier text primary key, name text, updated_at timestamp not null);
create table airports (
  faa text primary key, name text, lat real, lon real, alt integer, tz integer, dst text, tzone text, updated_at timestamp not null
);
create table planes (
  tailnum text primary key, year integer, type text, manufacturer text, model text, engines integer, seats integer,
  speed integer, engine text, updated_at timestamp not null
);
"""
_BASE = f"{DATA_YEAR}-01-01T00:00:00Z"


def operations_database(last: Month) -> bytes:
    """The SQLite file of the operational database at the end of a month: a plane is added in the month of its first flight."""
    first_flights = _first_flights()
    planes = [
        {**plane, "updated_at": f"{first}-01T04:00:00Z"}
        for plane in read_table("planes.csv")
        if (first := first_flights.get(str(plane["tailnum"]), Month(DATA_YEAR, 1))) <= last
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "operations.db"
        connection = sqlite3.connect(path)
        try:
            connection.executescript(_SCHEMA)
            _insert(connection, "airlines", [{**row, "updated_at": _BASE} for row in read_table("airlines.csv")])
            _insert(connection, "airports", [{**row, "updated_at": _BASE} for row in read_table("airports.csv")])
            _insert(connection, "planes", planes)
            connection.commit()
        finally:
            connection.close()
        return path.read_bytes()


def _insert(connection: sqlite3.Connection, table: str, rows: list[dict[str, str | None]]) -> None:
    columns = list(rows[0])
    places = ", ".join(f":{column}" for column in columns)
    connection.executemany(f"insert into {table} ({', '.join(columns)}) values ({places})", rows)


def _first_flights() -> dict[str, Month]:
    header, *lines = read_text("flights.csv").splitlines()
    place = header.split(",").index("tailnum")
    first: dict[str, Month] = {}
    for line in lines:
        fields = line.split(",")
        month = Month(DATA_YEAR, int(fields[1]))
        if month < first.get(fields[place], Month(9999, 12)):
            first[fields[place]] = month
    return first
