from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse_pipeline.landing.chunk import Chunk, Malformed
from lakehouse_pipeline.landing.csv_dialect import LONGEST_RECORD
from lakehouse_pipeline.landing.held import HeldError
from lakehouse_pipeline.landing.json_values import is_storable, top_level_texts
from lakehouse_pipeline.landing.record_columns import columns_of_records
from lakehouse_pipeline.landing.text_blocks import readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def json_line_chunks(blocks: Iterator[bytes], known: Sequence[str]) -> Iterator[Chunk]:
    """Reads one JSON object a line: top-level members as text columns, nested values as JSON text. Blank lines are no records."""
    row = 1
    for lines in _lines(blocks):
        records: list[dict[str, str | None]] = []
        rows: list[int] = []
        malformed: list[Malformed] = []
        for line in lines:
            if not line.strip(b" \t\r"):
                continue
            try:
                records.append(_parse(line))
                rows.append(row)
            except ValueError as error:
                malformed.append(Malformed(row, _reason(error), readable(line.removesuffix(b"\r"))))
            row += 1
        yield columns_of_records(records, rows, malformed, known)


def _parse(line: bytes) -> dict[str, str | None]:
    members = top_level_texts(line.decode())
    if not is_storable(members):
        raise ValueError("holds half of a surrogate pair, which is no character")
    return members


def _reason(error: ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"has bytes that its encoding forbids, at byte {error.start + 1} of the record"
    text = str(error)
    return text if text.startswith(("is ", "has ", "holds ")) else f"is not JSON: {text}"


def _lines(blocks: Iterator[bytes]) -> Iterator[list[bytes]]:
    waiting: list[bytes] = []
    size = 0
    for block in blocks:
        end = block.rfind(b"\n")
        if end < 0:
            waiting.append(block)
            size += len(block)
            if size > LONGEST_RECORD:
                raise HeldError(f"a line is longer than {LONGEST_RECORD} bytes")
            continue
        yield b"".join((*waiting, block[:end])).split(b"\n")
        waiting, size = [block[end + 1 :]], len(block) - end - 1
    yield b"".join(waiting).split(b"\n")
