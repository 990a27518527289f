"""How a point in time is cut to a step, by the step's ISO 8601 duration as Superset names them."""

from __future__ import annotations

_TRUNCATED = {
    "PT1S": "second",
    "PT1M": "minute",
    "PT1H": "hour",
    "P1D": "day",
    "P1W": "week",
    "P1M": "month",
    "P3M": "quarter",
    "P1Y": "year",
}

_SECONDS = {"PT5M": 300, "PT10M": 600, "PT15M": 900, "PT30M": 1800, "PT6H": 21600}

# Spark's week begins on Monday.
_SUNDAY = "date_trunc('week', {col} + interval '1' day) - interval '1' day"
_SATURDAY = "date_trunc('week', {col} + interval '1' day) + interval '5' day"

TIME_GRAINS: dict[str | None, str] = {
    None: "{col}",
    **{grain: f"date_trunc('{unit}', {{col}})" for grain, unit in _TRUNCATED.items()},
    **{grain: f"timestamp_seconds(unix_timestamp({{col}}) div {seconds} * {seconds})" for grain, seconds in _SECONDS.items()},
    "1969-12-28T00:00:00Z/P1W": _SUNDAY,
    "P1W/1970-01-03T00:00:00Z": _SATURDAY,
}
