"""Which stretch of time a landed batch is of: pure."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lakehouse_pipeline.landing.manifest import FileOrigin, Manifest, WatermarkValue

# 2013-01-31, 2013_01, 20130131, 2013/01; not the middle of a longer number.
_DATED = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_/.]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?(?!\d)")


@dataclass(frozen=True, order=True)
class Interval:
    """From one day to another, both of them included."""

    first: date
    last: date

    def meets(self, other: Interval) -> bool:
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        return f"{'the beginning' if self.first == date.min else self.first.isoformat()} to {self.last.isoformat()}"


def batch_interval(manifest: Manifest) -> Interval:
    """The days or months that a file's path names; what an extraction covers; else the day on which the batch landed."""
    origin = manifest.origin
    if isinstance(origin, FileOrigin):
        named = [found for match in _DATED.finditer(origin.path) if (found := _named(match))]
        if named:
            return Interval(min(entry.first for entry in named), max(entry.last for entry in named))
    else:
        last = _day(origin.to)
        if last is not None:
            first = date.min if origin.from_ is None else _day(origin.from_)
            return Interval(min(first or last, last), last)
    landed = datetime.fromisoformat(manifest.landed_at).date()
    return Interval(landed, landed)


def batches_by_interval(manifests: Sequence[Manifest], within: Interval, among: Collection[str]) -> list[tuple[Interval, tuple[str, ...]]]:
    """Those batches of `among` whose interval meets `within`, the earliest interval first; those of one interval together."""
    found: dict[Interval, list[str]] = {}
    for manifest in manifests:
        interval = batch_interval(manifest)
        if manifest.batch in among and interval.meets(within):
            found.setdefault(interval, []).append(manifest.batch)
    return [(interval, tuple(sorted(found[interval]))) for interval in sorted(found)]


def _named(match: re.Match[str]) -> Interval | None:
    year, month, day = int(match[1]), int(match[3]), match[4]
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return Interval(date(year, month, 1), date(year, month, length))
    return Interval(date(year, month, int(day)), date(year, month, int(day))) if int(day) <= length else None


def _day(value: WatermarkValue) -> date | None:
    """The day of a watermark that is a time."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.replace("Z", "+00:00")).date()
    except ValueError:
        return None
