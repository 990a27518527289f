from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lakehouse_pipeline.landing.chunk import Chunk
from lakehouse_pipeline.landing.csv_records import CsvChunk, CsvReader
from lakehouse_pipeline.landing.drift import match_columns
from lakehouse_pipeline.landing.held import HeldError
from lakehouse_pipeline.landing.text_blocks import readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lakehouse_pipeline.landing.csv_dialect import Dialect

_LIKELY_DELIMITERS = (b",", b";", b"\t", b"|")


def csv_chunks(blocks: Iterator[bytes], dialect: Dialect, header: bool, known: Sequence[str], fast: bool = True) -> Iterator[Chunk]:
    """Reads CSV as text columns. Without a header line the columns are the known ones in their order."""
    reader = CsvReader(blocks, dialect)
    names = _header(reader, dialect, known) if header else _positions(reader, known)
    matched = match_columns(names, known)
    yield _chunk(CsvChunk([pa.array([], pa.string())] * len(names), pa.array([], pa.int64()), ()), names, matched)
    for chunk in reader.chunks(names, fast):
        yield _chunk(chunk, names, matched)


def _header(reader: CsvReader, dialect: Dialect, known: Sequence[str]) -> list[str]:
    record = reader.first(consume=True)
    if record is None:
        raise HeldError("it has no header line: the file is empty")
    if record.reason is not None:
        raise HeldError(f"its header line {record.reason}: {(record.text or '')[:200]}")
    names = [name or "" for name in record.values]
    repeated = [name for name, count in Counter(name.casefold() for name in names).items() if count > 1]
    if known and not match_columns(names, known):
        raise HeldError(f"its header line `{','.join(names)[:200]}` names none of the columns {', '.join(known)}{_hint(names, dialect)}")
    if repeated:
        raise HeldError(f"its header line names a column twice: {', '.join(repeated)}")
    return names


def _hint(names: Sequence[str], dialect: Dialect) -> str:
    """The delimiter that the header line seems to be written with."""
    if len(names) != 1:
        return "; is there a header line at all?"
    found = [other for other in _LIKELY_DELIMITERS if other != dialect.delimiter and other in names[0].encode()]
    return f"; its delimiter seems to be {readable(found[0])!r}" if found else ""


def _positions(reader: CsvReader, known: Sequence[str]) -> list[str]:
    if known:
        return list(known)
    record = reader.first(consume=False)
    return [f"_c{index}" for index in range(len(record.values) or 1 if record else 0)]


def _chunk(chunk: CsvChunk, names: Sequence[str], matched: dict[str, str]) -> Chunk:
    unknown = [index for index, name in enumerate(names) if name not in matched]
    return Chunk(
        columns={matched[name]: column for name, column in zip(names, chunk.columns, strict=True) if name in matched},
        rows=chunk.rows,
        malformed=chunk.malformed,
        rescued=_rescued({names[index]: chunk.columns[index] for index in unknown}) if unknown else None,
        unknown=frozenset(names[index] for index in unknown),
        present=frozenset(matched.values()),
    )


def _rescued(columns: dict[str, pa.Array[Any]]) -> list[dict[str, str] | None]:
    rows = zip(*(column.to_pylist() for column in columns.values()), strict=True)
    names = list(columns)
    return [{name: value for name, value in zip(names, row, strict=True) if value is not None} or None for row in rows]
