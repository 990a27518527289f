from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lakehouse_pipeline.landing.chunk import Malformed
from lakehouse_pipeline.landing.csv_careful import Record, read_record
from lakehouse_pipeline.landing.csv_fast import decode_fast, whole_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse_pipeline.landing.csv_dialect import Dialect


@dataclass(frozen=True)
class CsvChunk:
    """Consecutive records of a CSV file: columns by position."""

    columns: Sequence[pa.Array[Any]]
    rows: pa.Array[Any]
    malformed: Sequence[Malformed]


class CsvReader:
    """Reads CSV from blocks of UTF-8: with Arrow where a stretch is regular, else record by record."""

    def __init__(self, blocks: Iterator[bytes], dialect: Dialect) -> None:
        self._blocks = blocks
        self._dialect = dialect
        self._buffer = b""
        self._final = False

    def first(self, consume: bool) -> Record | None:
        """The first record, or None where there is none; `consume` where it is the header."""
        while True:
            read = read_record(self._buffer, 0, self._final, self._dialect, None) if self._buffer else None
            if read is not None:
                record, end = read
                if record is None or consume:
                    self._buffer = self._buffer[end:]
                if record is not None:
                    return record
            elif self._final:
                return None
            else:
                self._grow()

    def chunks(self, names: Sequence[str], fast: bool = True) -> Iterator[CsvChunk]:
        """The remaining records; `fast` is for tests, which prove that it changes nothing but the time."""
        row = 1
        while True:
            taken = whole_records(self._buffer, self._final, self._dialect) if fast and self._buffer else 0
            if taken:
                chunk = CsvChunk(*decode_fast(self._buffer[:taken], row, names, self._dialect))
            else:
                chunk, taken = _decode_carefully(self._buffer, self._final, row, len(names), self._dialect)
            row += len(chunk.rows) + len(chunk.malformed)
            if len(chunk.rows) or chunk.malformed:
                yield chunk
            self._buffer = self._buffer[taken:]
            if self._final and not self._buffer:
                return
            self._grow()

    def _grow(self) -> None:
        """Adds at least as many bytes as are waiting, so that a long record is not looked through again and again."""
        wanted = 2 * len(self._buffer)
        pieces = [self._buffer]
        size = len(self._buffer)
        while not self._final and (size < wanted or len(pieces) == 1):
            block = next(self._blocks, None)
            self._final = block is None
            if block:
                pieces.append(block)
                size += len(block)
        self._buffer = b"".join(pieces)


def _decode_carefully(buffer: bytes, final: bool, first_row: int, width: int, dialect: Dialect) -> tuple[CsvChunk, int]:
    position, row = 0, first_row
    values: list[Sequence[str | None]] = []
    rows: list[int] = []
    malformed: list[Malformed] = []
    while position < len(buffer):
        read = read_record(buffer, position, final, dialect, width)
        if read is None:
            break
        record, position = read
        if record is None:
            continue
        if record.reason is None:
            values.append(record.values)
            rows.append(row)
        else:
            malformed.append(Malformed(row, record.reason, record.text))
        row += 1
    columns = list(zip(*values, strict=True)) if values else [()] * width
    return CsvChunk([pa.array(column, pa.string()) for column in columns], pa.array(rows, pa.int64()), malformed), position
