from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa


@dataclass(frozen=True)
class Malformed:
    """A record that could not be split into the source's columns."""

    row: int
    reason: str
    text: str | None


@dataclass(frozen=True)
class Chunk:
    """Some decoded records: all those of a stretch of one file, in no particular order."""

    columns: Mapping[str, pa.Array[Any]]
    """The payload of the well-formed records, by the names that the domain knows."""
    rows: pa.Array[Any]
    """The number of each well-formed record; records count from 1."""
    malformed: Sequence[Malformed] = ()
    rescued: Sequence[Mapping[str, str] | None] | None = None
    """For each well-formed record the values of the columns that the domain does not know."""
    unknown: frozenset[str] = frozenset()
    """Columns of these records that the domain does not know."""
    present: frozenset[str] = field(default_factory=frozenset)
    """Columns of these records that the domain knows."""
