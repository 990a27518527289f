from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from demo_sources.faults import Fault
from demo_sources.months import Month, parse_month
from demo_sources.postgresql_operations import load_operations
from demo_sources.prepare import Prepared, prepare
from demo_sources.stamp import is_stamped, write_stamp


@dataclass(frozen=True)
class Delivered:
    """What `deliver` did."""

    until: Month
    prepared: Prepared | None
    """What was written; None where nothing was left to prepare."""
    loaded: int | None
    """How many rows of the operational database changed; None where there is no PostgreSQL."""


def deliver(into: Path, first: Month, last: Month, seed: int, faults: frozenset[Fault], postgresql: str | None) -> Delivered:
    """
    Prepares the sources and loads the operational database into PostgreSQL.

    What was delivered is not taken back: with an earlier `last` than before all stays as it is. Killed anywhere and called again it
    does what is missing.
    """
    into.mkdir(parents=True, exist_ok=True)
    with _turn(into):
        for left in into.rglob(".*.tmp"):
            left.unlink()
        until = max(last, _delivered(into, first, seed, faults) or last)
        options = {"from": str(first), "until": str(until), "seed": seed, "faults": sorted(faults)}
        prepared = None
        if not is_stamped(into, options):
            prepared = prepare(into, first, until, seed, faults)
            write_stamp(into, options)
        loaded = load_operations(into / "operations.db", postgresql) if postgresql else None
    return Delivered(until, prepared, loaded)


def _delivered(into: Path, first: Month, seed: int, faults: frozenset[Fault]) -> Month | None:
    """The last month that the folder holds; its files of another seed would be taken for further flights."""
    ledger = into / "faults.json"
    if not ledger.is_file():
        return None
    before = json.loads(ledger.read_text(encoding="utf-8"))
    wanted = {"from": str(first), "seed": seed, "faults": sorted(faults)}
    other = [f"{name} {before[name]}" for name, value in wanted.items() if before[name] != value]
    if other:
        raise ValueError(f"{into} was filled with {', '.join(other)}; ask for the same, or empty it.")
    return parse_month(before["until"])


@contextmanager
def _turn(into: Path) -> Iterator[None]:
    """One at a time; the lock ends with its process."""
    with (into / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
