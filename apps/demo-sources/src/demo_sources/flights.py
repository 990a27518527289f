from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from demo_sources.faults import Fault, RowFault, inject, year_faults
from demo_sources.months import DATA_YEAR, Month, months_between
from demo_sources.package_data import read_text

Delivery = Literal["month", "late", "renamed", "resent", "truncated"]

_COMPRESSED_MONTHS = (3, 7, 11)


@dataclass(frozen=True)
class DeliveredFile:
    """A file of the flights source and what is in it."""

    name: str
    month: Month
    delivery: Delivery
    content: bytes
    true_records: int
    faults: dict[RowFault, int]


def delivered_files(first: Month, last: Month, seed: int, faults: frozenset[Fault]) -> Iterator[DeliveredFile]:
    """The files that have arrived by the end of `last`. What a month's files hold does not depend on the range."""
    header, by_month = _records()
    for month in months_between(first, last):
        records = _shifted(by_month[month.month], header, month.year - DATA_YEAR)
        yield from _month_files(month, last, records, header, seed, faults)


def _month_files(
    month: Month, last: Month, records: list[str], header: list[str], seed: int, faults: frozenset[Fault]
) -> Iterator[DeliveredFile]:
    wrong = year_faults(seed, month.year)
    clean = _content(header, records)
    mixed = inject(records, header, month, seed, faults)
    late = "late" in faults and month == wrong.late
    renamed = "renamed" in faults and month == wrong.renamed
    if renamed:
        names = ["tail_number" if name == "tailnum" else name for name in header]
        yield DeliveredFile(f"flights-{month}.csv", month, "renamed", _content(names, mixed.records), len(records), mixed.counts)
        if month < last:
            yield DeliveredFile(f"flights-{month.next}.resent-{month}.csv", month, "resent", clean, len(records), {})
    elif not late:
        plain = _content(header, mixed.records)
        compressed = month.month in _COMPRESSED_MONTHS
        name, content = (f"flights-{month}.csv.gz", _compressed(plain)) if compressed else (f"flights-{month}.csv", plain)
        yield DeliveredFile(name, month, "month", content, len(records), mixed.counts)
    elif month < last:
        content = _content(header, mixed.records)
        yield DeliveredFile(f"flights-{month.next}.late-{month}.csv", month, "late", content, len(records), mixed.counts)
    if "truncated" in faults and month == wrong.truncated and month < last:
        whole = _compressed(clean)
        yield DeliveredFile(f"flights-{month.next}.copy-{month}.csv.gz", month, "truncated", whole[: len(whole) * 3 // 5], 0, {})


def _records() -> tuple[list[str], dict[int, list[str]]]:
    header, *lines = read_text("flights.csv").splitlines()
    by_month: dict[int, list[str]] = defaultdict(list)
    for line in lines:
        by_month[int(line.split(",", 2)[1])].append(line)
    return header.split(","), by_month


def _shifted(records: list[str], header: list[str], years: int) -> list[str]:
    """The records some whole years later: the columns year and time_hour, which are the first and the last one."""
    if years == 0:
        return records
    if (header[0], header[-1]) != ("year", "time_hour"):
        raise ValueError("The columns of flights.csv have changed.")
    shifted: list[str] = []
    for record in records:
        year, rest = record.split(",", 1)
        rest, hour = rest.rsplit(",", 1)
        shifted.append(f"{int(year) + years},{rest},{int(hour[:4]) + years}{hour[4:]}")
    return shifted


def _content(header: list[str], records: list[str]) -> bytes:
    return ("\n".join([",".join(header), *records]) + "\n").encode()


def _compressed(content: bytes) -> bytes:
    """Gzip without a time in its header, so that the same content gives the same bytes."""
    return gzip.compress(content, compresslevel=6, mtime=0)
