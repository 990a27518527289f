from __future__ import annotations

import json

from demo_sources.months import DATA_YEAR, Month
from demo_sources.package_data import read_table

_TEXT = ("origin", "time_hour")


def weather_lines(first: Month, last: Month) -> bytes:
    """The hourly observations from the first to the last month as JSON lines, in the order of time."""
    table = sorted(read_table("weather.csv"), key=lambda row: (str(row["time_hour"]), str(row["origin"])))
    lines: list[str] = []
    for year in range(first.year, last.year + 1):
        for row in table:
            if first <= Month(year, int(row["month"] or 0)) <= last:
                lines.append(_line(row, year - DATA_YEAR))
    return "".join(lines).encode()


def _line(row: dict[str, str | None], years: int) -> str:
    """An observation as JSON; numbers are written as the package writes them."""
    members = [f"{json.dumps(name)}: {_value(name, value, years)}" for name, value in row.items()]
    return f"{{{', '.join(members)}}}\n"


def _value(name: str, value: str | None, years: int) -> str:
    if value is None:
        return "null"
    if name == "time_hour":
        return json.dumps(f"{int(value[:4]) + years}{value[4:]}")
    if name == "year":
        return str(int(value) + years)
    return json.dumps(value) if name in _TEXT else value
