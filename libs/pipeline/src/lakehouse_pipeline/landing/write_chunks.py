from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from lakehouse_pipeline.landing.batch_writer import BatchWriter
from lakehouse_pipeline.landing.drift_watch import DriftWatch
from lakehouse_pipeline.landing.frame import frame_chunk, spill
from lakehouse_pipeline.landing.held import HeldError
from lakehouse_pipeline.landing.manifest import Drift, LandedColumn, Part
from lakehouse_pipeline.landing.spark_types import spark_type
from lakehouse_pipeline.schema.plan import DatabaseSource, FileSource, HttpSource, ParquetFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lakehouse_pipeline.landing.chunk import Chunk
    from lakehouse_pipeline.landing.storage import Storage


@dataclass(frozen=True)
class Written:
    """What the parts of a batch hold."""

    rows: int
    malformed: int
    parts: tuple[Part, ...]
    columns: tuple[LandedColumn, ...]
    drift: Drift


def write_chunks(
    storage: Storage, folder: str, source: FileSource | DatabaseSource | HttpSource, chunks: Iterable[tuple[str, Chunk]]
) -> Written:
    """Writes chunks as the parts of one batch; its columns are fixed by the first one. HeldError under drift policy freeze."""
    written = write_if_wanted(storage, folder, source, chunks, lambda: True)
    assert written is not None
    return written


def write_if_wanted(
    storage: Storage,
    folder: str,
    source: FileSource | DatabaseSource | HttpSource,
    chunks: Iterable[tuple[str, Chunk]],
    wanted: Callable[[], bool],
) -> Written | None:
    """The same, unless it turns out after the last chunk that the batch is not `wanted`: of a small one nothing was written then."""
    watch = DriftWatch(source.columns, source.drift)
    malformed = 0
    writer: BatchWriter | None = None
    try:
        for file, chunk in chunks:
            if writer is None:
                writer = BatchWriter(storage, folder, _payload(source, chunk))
            fitting = spill(chunk, writer.payload)
            watch.see(file, fitting)
            malformed += len(fitting.malformed)
            writer.write(_framed(fitting, file, writer.schema, source.drift == "rescue"))
        drift = watch.finish()
        if not wanted():
            return None
        if writer is None:
            writer = BatchWriter(storage, folder, payload_of_text(source.columns))
        parts = writer.finish()
        columns = tuple(LandedColumn(field.name, spark_type(field.type)) for field in writer.payload)
        return Written(writer.rows, malformed, parts, columns, drift)
    finally:
        if writer is not None:
            writer.close()


def is_typed(source: FileSource | DatabaseSource | HttpSource) -> bool:
    """Whether the source gives its columns types; the others are text."""
    return isinstance(source, DatabaseSource) or (isinstance(source, FileSource) and isinstance(source.format, ParquetFormat))


def payload_of_text(columns: Iterable[str]) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in columns])


def _payload(source: FileSource | DatabaseSource | HttpSource, chunk: Chunk) -> pa.Schema:
    """The known columns in their order, or what the first chunk has; a typed column that is missing has no type, so it is left out."""
    if not is_typed(source) and source.columns:
        return payload_of_text(source.columns)
    names = [name for name in source.columns if name in chunk.columns] or list(chunk.columns)
    return pa.schema([(name, chunk.columns[name].type) for name in names])


def _framed(chunk: Chunk, file: str, schema: pa.Schema, keep_unknown: bool) -> pa.Table:
    try:
        return frame_chunk(chunk, file, schema, keep_unknown)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        raise HeldError(f"its columns change their types within the batch: {error}") from error
