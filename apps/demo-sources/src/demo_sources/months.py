from __future__ import annotations

import re
from dataclasses import dataclass

DATA_YEAR = 2013


@dataclass(frozen=True, order=True)
class Month:
    """A month of the calendar: `2013-01`."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def next(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)


def parse_month(text: str) -> Month:
    """The month that `text` writes as YYYY-MM."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    if match is None:
        raise ValueError(f"`{text}` is no month; write it as {DATA_YEAR}-01.")
    return Month(int(match[1]), int(match[2]))


def months_between(first: Month, last: Month) -> list[Month]:
    """All months from the first to the last one."""
    months = [first]
    while months[-1] < last:
        months.append(months[-1].next)
    return months if first <= last else []
