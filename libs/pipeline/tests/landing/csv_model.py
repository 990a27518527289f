"""CSV read one character at a time: slow, and plain enough to be believed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ModelRecord:
    """A record's fields, with whether each was quoted; None where its quoting is broken."""

    fields: tuple[tuple[str, bool], ...] | None
    text: str


def read_records(text: str, delimiter: str, quote: str, width: int) -> list[ModelRecord]:
    """All records of `text`. One with broken quoting ends with its first line."""
    records: list[ModelRecord] = []
    position = 0
    while position < len(text):
        line_end = _line_end(text, position)
        after_line = _skip_line_end(text, line_end)
        if line_end == position and width != 1:
            position = after_line
            continue
        fields, end = _fields(text, position, delimiter, quote)
        if fields is None:
            records.append(ModelRecord(None, text[position:line_end]))
            position = after_line
        else:
            records.append(ModelRecord(tuple(fields), text[position:end]))
            position = _skip_line_end(text, end)
    return records


def _fields(text: str, position: int, delimiter: str, quote: str) -> tuple[list[tuple[str, bool]] | None, int]:
    fields: list[tuple[str, bool]] = []
    while True:
        value = ""
        quoted = text[position : position + 1] == quote
        if quoted:
            position += 1
            while True:
                if position == len(text):
                    return None, position
                if text[position] == quote:
                    if text[position + 1 : position + 2] != quote:
                        break
                    position += 1
                value += text[position]
                position += 1
            position += 1
            if position < len(text) and text[position] not in (delimiter, "\r", "\n"):
                return None, position
        else:
            while position < len(text) and text[position] not in (delimiter, "\r", "\n"):
                value += text[position]
                position += 1
        fields.append((value, quoted))
        if position == len(text) or text[position] != delimiter:
            return fields, position
        position += 1


def _line_end(text: str, position: int) -> int:
    while position < len(text) and text[position] not in "\r\n":
        position += 1
    return position


def _skip_line_end(text: str, position: int) -> int:
    if text[position : position + 2] == "\r\n":
        return position + 2
    return min(position + 1, len(text))
