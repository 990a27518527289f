from __future__ import annotations

import shutil
import tempfile
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lakehouse_pipeline.landing.chunk import Chunk
from lakehouse_pipeline.landing.drift import match_columns
from lakehouse_pipeline.landing.held import HeldError
from lakehouse_pipeline.landing.spark_types import readable_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROWS = 65_536


def parquet_chunks(stream: BinaryIO, known: Sequence[str], compressed: bool) -> Iterator[Chunk]:
    """Reads Parquet with its types; those that Spark cannot read become the nearest that holds their values."""
    try:
        if not compressed:
            yield from _chunks(stream, known)
            return
        with tempfile.TemporaryFile() as spooled:
            shutil.copyfileobj(stream, spooled)
            spooled.seek(0)
            yield from _chunks(cast("BinaryIO", spooled), known)
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise HeldError(f"it is not a readable Parquet file: {error}") from error


def _chunks(stream: BinaryIO, known: Sequence[str]) -> Iterator[Chunk]:
    file = pq.ParquetFile(stream)
    names = file.schema_arrow.names
    if len({name.casefold() for name in names}) != len(names):
        raise HeldError("it has two columns of one name")
    matched = match_columns(names, known)
    if known and not matched:
        raise HeldError(f"it has none of the columns {', '.join(known)}")
    unknown = [name for name in names if name not in matched]
    row = 1
    yield _chunk(pa.RecordBatch.from_pylist([], file.schema_arrow), row, matched, unknown)
    for batch in file.iter_batches(batch_size=_ROWS, use_threads=False):
        yield _chunk(batch, row, matched, unknown)
        row += batch.num_rows


def _chunk(batch: pa.RecordBatch, row: int, matched: dict[str, str], unknown: Sequence[str]) -> Chunk:
    texts = {name: _texts(batch.column(name)) for name in unknown}
    return Chunk(
        columns={name: _readable(batch.column(found)) for found, name in matched.items()},
        rows=pa.array(range(row, row + batch.num_rows), pa.int64()),
        rescued=[{name: value for name, values in texts.items() if (value := values[index]) is not None} for index in range(batch.num_rows)]
        if unknown
        else None,
        unknown=frozenset(unknown),
        present=frozenset(matched.values()),
    )


def _readable(column: pa.Array[Any]) -> pa.Array[Any]:
    target = readable_type(column.type)
    if target == column.type:
        return column
    try:
        return pc.cast(column, target, safe=False) if pa.types.is_timestamp(column.type) else column.cast(target)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string()).cast(target)


def _texts(column: pa.Array[Any]) -> list[str | None]:
    try:
        return column.cast(pa.string()).to_pylist()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return [None if value is None else str(value) for value in column.to_pylist()]
