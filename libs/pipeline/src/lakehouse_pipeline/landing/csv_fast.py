from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

from lakehouse_pipeline.landing.chunk import Malformed
from lakehouse_pipeline.landing.csv_dialect import Dialect, wrong_width
from lakehouse_pipeline.landing.text_blocks import BYTE_ORDER_MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEWLINE, _RETURN = ord("\n"), ord("\r")


def whole_records(buffer: bytes, final: bool, dialect: Dialect) -> int:
    """
    How many bytes of the buffer are whole records that Arrow reads as the careful decoder would; 0 where it might not.

    That asks for UTF-8, no lone carriage return, and quotes only around fields and doubled inside of them.
    """
    if len(dialect.delimiter) != 1 or len(dialect.quote) != 1 or buffer.startswith(BYTE_ORDER_MARK):
        return 0
    quotes = _positions(buffer, dialect.quote) if dialect.quote in buffer else np.empty(0, np.intp)
    end = _record_end(buffer, final, quotes)
    chunk = memoryview(buffer)[:end]
    if not _plain_text(buffer[:end]):
        return 0
    return end if _well_quoted(np.frombuffer(chunk, np.uint8), quotes[: np.searchsorted(quotes, end)], dialect) else 0


def decode_fast(
    chunk: bytes, first_row: int, names: Sequence[str], dialect: Dialect
) -> tuple[list[pa.Array[Any]], pa.Array[Any], list[Malformed]]:
    """The columns, row numbers and malformed records of whole records; see whole_records."""
    malformed: list[Malformed] = []

    def skip(row: csv.InvalidRow) -> Literal["skip"]:
        # Arrow numbers the rows wherever it uses one thread.
        number = row.number if row.number is not None else 1
        malformed.append(Malformed(first_row + number - 1, wrong_width(row.actual_columns, row.expected_columns), row.text))
        return "skip"

    has_quotes = dialect.quote in chunk
    # Without a line end Arrow takes an empty last field for a quoted one when the field before it was quoted.
    ended = chunk if chunk.endswith(b"\n") else chunk + b"\n"
    placeholders = [str(index) for index in range(len(names))]
    if not chunk.strip(b"\r\n") and len(names) > 1:
        return [pa.array([], pa.string()) for _ in names], pa.array([], pa.int64()), []
    table = csv.read_csv(
        io.BytesIO(ended),
        csv.ReadOptions(use_threads=False, column_names=placeholders, block_size=len(ended) + 1),
        csv.ParseOptions(
            delimiter=dialect.delimiter.decode(),
            quote_char=dialect.quote.decode() if has_quotes else False,
            escape_char=False,
            newlines_in_values=has_quotes,
            ignore_empty_lines=len(names) > 1,
            invalid_row_handler=skip,
        ),
        csv.ConvertOptions(
            column_types={name: pa.string() for name in placeholders},
            null_values=[""] if dialect.null_value is None else ["", dialect.null_value.decode()],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    columns = [column.combine_chunks() for column in table.columns]
    if dialect.quote * 2 in chunk:
        columns = [pc.if_else(pc.equal(column, pa.scalar("")), pa.scalar(None, pa.string()), column) for column in columns]
    return columns, _rows(first_row, table.num_rows, [entry.row for entry in malformed]), malformed


def _rows(first: int, good: int, bad: list[int]) -> pa.Array[Any]:
    numbers = np.arange(first, first + good + len(bad), dtype=np.int64)
    return pa.array(np.delete(numbers, np.array(bad, dtype=np.int64) - first) if bad else numbers)


def _positions(buffer: bytes, byte: bytes) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.flatnonzero(np.frombuffer(buffer, np.uint8) == ord(byte))


def _record_end(buffer: bytes, final: bool, quotes: np.ndarray[tuple[int], np.dtype[np.intp]]) -> int:
    """The end of the last record, given that the quotes alternately open and close."""
    if final and len(quotes) % 2 == 0:
        return len(buffer)
    end = buffer.rfind(b"\n") + 1
    while end and (before := int(np.searchsorted(quotes, end))) % 2:
        end = buffer.rfind(b"\n", 0, int(quotes[before - 1])) + 1
    return end


def _plain_text(chunk: bytes) -> bool:
    if b"\r" in chunk and chunk.count(b"\r") != chunk.count(b"\r\n"):
        return False
    if chunk.isascii():
        return True
    try:
        chunk.decode()
    except UnicodeDecodeError:
        return False
    return True


def _well_quoted(
    chunk: np.ndarray[tuple[int], np.dtype[np.uint8]],
    quotes: np.ndarray[tuple[int], np.dtype[np.intp]],
    dialect: Dialect,
) -> bool:
    """Whether each opening quote follows, and each closing quote precedes, a delimiter, a line end or a quote that it is doubled with."""
    if not len(quotes):
        return True
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    padded = np.concatenate((np.array([_NEWLINE], np.uint8), chunk, np.array([_NEWLINE], np.uint8)))
    beside = np.zeros(256, np.bool_)
    beside[[_NEWLINE, _RETURN, ord(dialect.delimiter), ord(dialect.quote)]] = True
    return bool(beside[padded[opening]].all() and beside[padded[closing + 2]].all())
