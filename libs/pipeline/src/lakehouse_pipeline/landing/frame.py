from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lakehouse_pipeline.landing.chunk import Chunk

RESCUED = pa.struct([("reason", pa.string()), ("text", pa.string()), ("columns", pa.map_(pa.string(), pa.string()))])
_META = [pa.field("_source_file", pa.string()), pa.field("_source_row", pa.int64()), pa.field("_rescued", RESCUED)]


def landing_schema(payload: pa.Schema) -> pa.Schema:
    """The schema of a batch: the payload, then where each row comes from and what there is to say of it."""
    return pa.schema([*payload, *_META])


def spill(chunk: Chunk, schema: pa.Schema) -> Chunk:
    """The chunk with the columns that a batch has no place for moved to its rescued values."""
    extra = [name for name in chunk.columns if name not in schema.names]
    if not extra:
        return chunk
    rescued: list[dict[str, str]] = [dict(values) if values else {} for values in chunk.rescued or [None] * len(chunk.rows)]
    for name in extra:
        for values, value in zip(rescued, chunk.columns[name].to_pylist(), strict=True):
            if value is not None:
                values[name] = str(value)
    kept = {name: column for name, column in chunk.columns.items() if name not in extra}
    return replace(chunk, columns=kept, rescued=rescued, unknown=chunk.unknown | set(extra))


def frame_chunk(chunk: Chunk, file: str, schema: pa.Schema, keep_unknown: bool) -> pa.Table:
    """The rows of a chunk in the landing form. Columns that the chunk lacks are null."""
    good = len(chunk.rows)
    payload = [schema.field(index) for index in range(len(schema) - len(_META))]
    rescued = pa.array(
        [{"columns": list(values.items())} if values else None for values in chunk.rescued]
        if chunk.rescued is not None and keep_unknown
        else [],
        RESCUED,
    )
    arrays = [
        chunk.columns[field.name].cast(field.type) if field.name in chunk.columns else pa.nulls(good, field.type) for field in payload
    ]
    whole = pa.Table.from_arrays(
        [
            *arrays,
            _constant(file, good),
            chunk.rows,
            rescued if len(rescued) else pa.nulls(good, RESCUED),
        ],
        schema=schema,
    )
    return pa.concat_tables([whole, _malformed(chunk, file, schema, payload)]) if chunk.malformed else whole


def _malformed(chunk: Chunk, file: str, schema: pa.Schema, payload: Sequence[pa.Field[Any]]) -> pa.Table:
    count = len(chunk.malformed)
    return pa.Table.from_arrays(
        [
            *(pa.nulls(count, field.type) for field in payload),
            _constant(file, count),
            pa.array([entry.row for entry in chunk.malformed], pa.int64()),
            pa.array([{"reason": entry.reason, "text": entry.text} for entry in chunk.malformed], RESCUED),
        ],
        schema=schema,
    )


def _constant(value: str, count: int) -> pa.Array[Any]:
    return pa.repeat(value, count)
