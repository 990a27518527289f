from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from lakehouse_pipeline.landing.containers import Member, damage_is_held, members
from lakehouse_pipeline.landing.csv_chunks import csv_chunks
from lakehouse_pipeline.landing.csv_dialect import Dialect
from lakehouse_pipeline.landing.json_lines import json_line_chunks
from lakehouse_pipeline.landing.parquet_chunks import parquet_chunks
from lakehouse_pipeline.landing.text_blocks import utf8_blocks
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import CsvFormat, FileSource, JsonLinesFormat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse_pipeline.landing.chunk import Chunk


def decode_file(file: BinaryIO, path: str, source: FileSource) -> Iterator[tuple[str, Chunk]]:
    """The records of a file, each chunk with the name of the file or archive member it is from; HeldError where it is unreadable."""
    with damage_is_held():
        for member in members(file):
            name = path if member.name is None else f"{path}!/{member.name}"
            for chunk in _chunks(member, source):
                yield name, chunk


def _chunks(member: Member, source: FileSource) -> Iterator[Chunk]:
    form = source.format
    if isinstance(form, CsvFormat):
        blocks = utf8_blocks(member.stream, form.encoding, source.name)
        return csv_chunks(blocks, _dialect(form, source.name), form.header, source.columns)
    if isinstance(form, JsonLinesFormat):
        return json_line_chunks(utf8_blocks(member.stream, "utf-8", source.name), source.columns)
    return parquet_chunks(member.stream, source.columns, member.compressed)


def _dialect(form: CsvFormat, subject: str) -> Dialect:
    if form.delimiter == form.quote or {form.delimiter, form.quote} & {"\r", "\n", "\0"}:
        raise LakehouseError(
            "LH2012",
            subject,
            f"CSV cannot be written with delimiter {form.delimiter!r} and quote {form.quote!r}.",
            "Name two different characters, neither of them a line end, in the source's format.",
        )
    null_value = None if form.null_value is None else form.null_value.encode()
    return Dialect(form.delimiter.encode(), form.quote.encode(), null_value)
