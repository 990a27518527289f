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

WINDOW_BYTES = 64 * 1024


@dataclass(frozen=True)
class CsvChunk:
    """Consecutive records of a CSV file: columns by position."""

    columns: Sequence[pa.Array[Any]]
    rows: pa.Array[Any]
    malformed: Sequence[Malformed]


class CsvReader:
    """Reads CSV from blocks of UTF-8: with Arrow where a stretch is regular, else record by record."""

    def __init__(self, blocks: Iterator[bytes], dialect: Dialect, window: int = WINDOW_BYTES) -> None:
        self._blocks = blocks
        self._dialect = dialect
        self._window = window
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
        while not (self._final and not self._buffer):
            self._grow()
            position = 0
            while position < len(self._buffer):
                chunk, end = self._decode(position, row, names, fast)
                if end == position:
                    break
                row += len(chunk.rows) + len(chunk.malformed)
                position = end
                if len(chunk.rows) or chunk.malformed:
                    yield chunk
            self._buffer = self._buffer[position:]

    def _decode(self, position: int, row: int, names: Sequence[str], fast: bool) -> tuple[CsvChunk, int]:
        """The records from `position` on: of the whole buffer where it is regular, else of a window, so that little is read slowly."""
        if fast:
            for size in (len(self._buffer), self._window) if position == 0 else (self._window,):
                stretch = self._buffer[position : position + size]
                taken = whole_records(stretch, self._final and position + size >= len(self._buffer), self._dialect)
                if taken:
                    return CsvChunk(*decode_fast(stretch[:taken], row, names, self._dialect)), position + taken
        until = position + self._window if fast else len(self._buffer)
        return _decode_carefully(self._buffer, position, until, self._final, row, len(names), self._dialect)

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


def _decode_carefully(
    buffer: bytes, position: int, until: int, final: bool, first_row: int, width: int, dialect: Dialect
) -> tuple[CsvChunk, int]:
    row = first_row
    values: list[Sequence[str | None]] = []
    rows: list[int] = []
    malformed: list[Malformed] = []
    while position < min(until, len(buffer)):
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
