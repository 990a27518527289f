from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from lakehouse_pipeline.landing.manifest import WatermarkValue


class ConnectionUrlError(ValueError):
    """A connection's URL with which no database can be opened; the message holds nothing secret."""

    def __init__(self, message: str, example: str) -> None:
        super().__init__(message)
        self.example = example


@dataclass(frozen=True)
class DatabaseColumn:
    """A column of a relation; `read` turns what the driver gives into a value of its type, or raises ValueError."""

    name: str
    type: pa.DataType
    read: Callable[[object], object]


@dataclass(frozen=True)
class LagQuery:
    """Which rows to read, and which of them the next extraction will read again."""

    column: str
    above: WatermarkValue
    again_above: WatermarkValue


class DatabaseReader(Protocol):
    """One consistent state of a database, read-only. Another kind of database is one more implementation."""

    def columns(self, relation: str) -> Sequence[DatabaseColumn]:
        """The columns of a table or view; none where there is no such relation."""

    def relations(self) -> Sequence[str]:
        """The names of all tables and views."""

    def largest(self, relation: str, column: str) -> WatermarkValue:
        """The largest value of a column, None where the relation has none."""

    def rows(self, relation: str, columns: Sequence[str], lag: LagQuery | None) -> Iterator[Sequence[Sequence[object]]]:
        """
        Portions of rows. With a lag: rows above it or without a watermark, in its order.

        The value behind the columns says whether the next extraction reads the row again.
        """


class DatabaseDriver(Protocol):
    """Opens a database by its URL, and knows which of its library's errors mean that it is gone, locked or damaged."""

    failures: tuple[type[Exception], ...]

    def open(self, url: str, workspace: Path) -> AbstractContextManager[DatabaseReader]:
        """Opens it; a relative path in the URL starts from the workspace. ConnectionUrlError where the URL is not as it should be."""
