from __future__ import annotations

from lakehouse_pipeline.landing.timestamps import earlier
from lakehouse_pipeline.problem import LakehouseError


def less_lag(value: str | int | float, seconds: int, source: str, column: str) -> str | int | float:
    """The value above which is read again; a number counts seconds."""
    if not isinstance(value, str):
        return value - seconds
    if seconds == 0:
        return value
    try:
        return earlier(value, seconds)
    except (ValueError, OverflowError) as error:
        raise LakehouseError(
            "LH2023",
            source,
            f"The watermark column {column} holds `{value}`, from which no time can be taken off.",
            "Choose a column of ISO 8601 timestamps or numbers, or set the watermark's lag to 0s.",
        ) from error
