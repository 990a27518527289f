from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lakehouse_pipeline.landing.csv_dialect import Dialect, wrong_width
from lakehouse_pipeline.landing.held import HeldError
from lakehouse_pipeline.landing.text_blocks import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True)
class Record:
    """One record: its values (null as None), or why it is malformed."""

    values: Sequence[str | None]
    reason: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class _Split:
    """The fields of a record and where the next one begins; `fields` is None where its quoting is broken."""

    fields: list[tuple[bytes, bool]] | None
    end: int
    reason: str | None = None


def read_record(buffer: bytes, start: int, final: bool, dialect: Dialect, width: int | None) -> tuple[Record | None, int] | None:
    """
    The record at `start` and where the next one begins; None where the buffer ends before it is clear where that is.

    The record is None for an empty line, which is a record only in a file of one column.
    A record with broken quoting ends with its first line, so that a stray quote harms no other record.
    """
    line_end = _LINE_END.search(buffer, start)
    if not final and (line_end is None or line_end.end() == len(buffer)) and _is_open(buffer, start, line_end, dialect):
        return None
    line = buffer[start : line_end.start() if line_end else len(buffer)]
    after_line = line_end.end() if line_end else len(buffer)
    if not line and width != 1:
        return None, after_line
    if dialect.quote not in line:
        return _plain_record(line, dialect, width), after_line
    split = _split_quoted(buffer, start, final, dialect)
    if split is None:
        return None
    if split.fields is None:
        return Record((), split.reason, readable(line)), after_line
    return _record(split.fields, _without_line_end(buffer[start : split.end]), dialect, width), split.end


def _is_open(buffer: bytes, start: int, line_end: re.Match[bytes] | None, dialect: Dialect) -> bool:
    """Whether more bytes may change how the line at `start` ends: there is no end yet, or `\\n` may follow its `\\r`."""
    if line_end is None and len(buffer) - start > dialect.longest_record:
        raise HeldError(f"a record is longer than {dialect.longest_record} bytes: its lines do not end, or it is no CSV file")
    return line_end is None or line_end.group() == b"\r"


def _plain_record(line: bytes, dialect: Dialect, width: int | None) -> Record:
    """A record without quotes, decoded at once because most records are."""
    found = line.count(dialect.delimiter) + 1
    if width is not None and found != width:
        return Record((), wrong_width(found, width), readable(line))
    try:
        fields = line.decode().split(dialect.delimiter.decode())
    except UnicodeDecodeError as error:
        return _forbidden(error, line)
    null_value = None if dialect.null_value is None else dialect.null_value.decode()
    return Record([None if field == "" or field == null_value else field for field in fields])


def _record(fields: list[tuple[bytes, bool]], raw: bytes, dialect: Dialect, width: int | None) -> Record:
    if width is not None and len(fields) != width:
        return Record((), wrong_width(len(fields), width), readable(raw))
    try:
        return Record([_value(field, quoted, dialect.null_value) for field, quoted in fields])
    except UnicodeDecodeError:
        try:
            raw.decode()
        except UnicodeDecodeError as error:
            return _forbidden(error, raw)
        raise


def _forbidden(error: UnicodeDecodeError, raw: bytes) -> Record:
    return Record((), f"has bytes that its encoding forbids, at byte {error.start + 1} of the record", readable(raw))


def _value(field: bytes, quoted: bool, null_value: bytes | None) -> str | None:
    return None if field == b"" or (not quoted and field == null_value) else field.decode()


@lru_cache(maxsize=16)
def _field_end(delimiter: bytes) -> re.Pattern[bytes]:
    return re.compile(re.escape(delimiter) + rb"|\r\n|\r|\n")


def _split_quoted(buffer: bytes, start: int, final: bool, dialect: Dialect) -> _Split | None:
    fields: list[tuple[bytes, bool]] = []
    position = start
    ends = _field_end(dialect.delimiter)
    while True:
        quoted = buffer.startswith(dialect.quote, position)
        if quoted:
            closing = _closing_quote(buffer, position + len(dialect.quote), dialect.quote)
            if closing is None:
                if not final and len(buffer) - start <= dialect.longest_record:
                    return None
                return _Split(None, position, "has a quote that is never closed")
            fields.append((buffer[position + len(dialect.quote) : closing].replace(dialect.quote * 2, dialect.quote), True))
            position = closing + len(dialect.quote)
            end = ends.match(buffer, position)
            if end is None and position < len(buffer) and (final or not _may_continue(buffer[position:], dialect)):
                return _Split(None, position, "has text after a closing quote")
        else:
            end = ends.search(buffer, position)
            fields.append((buffer[position : end.start() if end else len(buffer)], False))
        if end is None:
            return _Split(fields, len(buffer)) if final else None
        if end.group() != dialect.delimiter:
            return None if end.group() == b"\r" and end.end() == len(buffer) and not final else _Split(fields, end.end())
        position = end.end()


def _may_continue(rest: bytes, dialect: Dialect) -> bool:
    """Whether a delimiter or a quote of several bytes is cut off by the end of the buffer."""
    return dialect.delimiter.startswith(rest) or dialect.quote.startswith(rest)


def _closing_quote(buffer: bytes, position: int, quote: bytes) -> int | None:
    while (found := buffer.find(quote, position)) >= 0:
        if not buffer.startswith(quote, found + len(quote)):
            return found
        position = found + 2 * len(quote)
    return None


def _without_line_end(raw: bytes) -> bytes:
    return raw[:-2] if raw.endswith(b"\r\n") else raw[:-1] if raw.endswith((b"\r", b"\n")) else raw
