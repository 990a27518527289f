"""What the ledger's tables hold, and how a row of them is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

BACKFILL = "backfill"
"""The step of work that refines batches which have been refined before."""
REVERT = "revert"
"""The step of work that takes a batch out of silver again."""
READS_BRONZE = ("refine", BACKFILL)
"""Steps of work that take batches from bronze."""
RETRY = "retry"
REPLAY = "replay"
RELEASES = (RETRY, REPLAY)
"""Steps of work that take rows out of quarantine: by itself, or because a person asked for it."""


@dataclass(frozen=True)
class Work:
    """A piece of work on one table: the batches of one commit."""

    id: str
    step: str
    table: str
    epoch: int
    batches: tuple[str, ...]


ReleasedBatch = tuple[str, int, str]
"""A batch that a release stands on: silver table, epoch, batch."""


@dataclass(frozen=True)
class IngestedBatch:
    batch: str
    rows: int
    held: str | None


def upsert(table: str, columns: Sequence[str], key: Collection[str]) -> str:
    """SQL that inserts a row, or puts it in the place of the one with the same key."""
    marks = ", ".join("?" for _ in columns)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    return f"insert into {table} ({', '.join(columns)}) values ({marks}) on conflict ({', '.join(key)}) do update set {changes}"


def now() -> str:
    """The time in UTC, to the millisecond."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")
