from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal, get_args

from demo_sources.months import Month

RowFault = Literal["duplicate", "null", "type", "carrier", "comma"]
FileFault = Literal["truncated", "late", "renamed"]
Fault = Literal["duplicate", "null", "type", "carrier", "comma", "truncated", "late", "renamed"]

ALL_FAULTS: tuple[Fault, ...] = get_args(Fault)
ROWS_A_MONTH: dict[RowFault, int] = {"duplicate": 25, "null": 10, "type": 10, "carrier": 10, "comma": 10}

# Columns of the flight's key: a copy without one of them can never take a true row's place.
_KEY = ("carrier", "flight", "origin")


@dataclass(frozen=True)
class Injected:
    """The records of a month with corrupted copies among them."""

    records: list[str]
    counts: dict[RowFault, int]


@dataclass(frozen=True)
class YearFaults:
    """The months of one year whose delivery goes wrong as a whole."""

    truncated: Month
    late: Month
    renamed: Month


def parse_faults(text: str) -> frozenset[Fault]:
    """`default`, `none`, or kinds with commas between them."""
    if text in ("default", "none"):
        return frozenset(ALL_FAULTS if text == "default" else ())
    names = {name.strip() for name in text.split(",")}
    known: frozenset[Fault] = frozenset(fault for fault in ALL_FAULTS if fault in names)
    if len(known) != len(names):
        unknown = ", ".join(sorted(names - known))
        raise ValueError(f"There is no fault {unknown}. Write default, none, or some of: {', '.join(ALL_FAULTS)}.")
    return known


def year_faults(seed: int, year: int) -> YearFaults:
    """Three different months of a year; none is December, because late and corrected files come with the next month."""
    first, second, third = random.Random(f"{seed}/{year}/files").sample(range(1, 12), 3)
    return YearFaults(Month(year, first), Month(year, second), Month(year, third))


def inject(records: list[str], header: list[str], month: Month, seed: int, faults: frozenset[Fault]) -> Injected:
    """Adds corrupted copies of records at random places. All true records stay, in their order."""
    counts: dict[RowFault, int] = {}
    placed: list[tuple[int, str]] = []
    for kind, count in ROWS_A_MONTH.items():
        if kind not in faults:
            continue
        chance = random.Random(f"{seed}/{month}/{kind}")
        originals = chance.sample(records, min(count, len(records) // 100))
        counts[kind] = len(originals)
        placed.extend((chance.randrange(len(records) + 1), _corrupt(record, kind, header, chance)) for record in originals)
    placed.sort(key=lambda item: item[0])
    mixed: list[str] = []
    position = 0
    for index, record in placed:
        mixed.extend(records[position:index])
        mixed.append(record)
        position = index
    return Injected([*mixed, *records[position:]], counts)


def _corrupt(record: str, kind: RowFault, header: list[str], chance: random.Random) -> str:
    fields = record.split(",")
    if kind == "duplicate":
        return record
    if kind == "null":
        fields[header.index(chance.choice(_KEY))] = "NA"
    elif kind == "type":
        fields[header.index("flight")] = "abc"
    elif kind == "carrier":
        fields[header.index("carrier")] = "ZZ"
    else:
        fields.insert(chance.randrange(1, len(fields)), "")
    return ",".join(fields)
