"""Rows of the ledger as the ops tables hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import pyarrow as pa

_TYPES: dict[str, pa.DataType] = {
    **{"text": pa.string(), "count": pa.int64(), "number": pa.float64(), "flag": pa.bool_()},
    **{"time": pa.timestamp("us", tz="UTC"), "day": pa.date32()},
}


def ops_schema(**columns: str) -> pa.Schema:
    """The schema of an ops table; a column is `text`, `count`, `number`, `flag`, `time` or `day`."""
    return pa.schema([(name, _TYPES[kind]) for name, kind in columns.items()])


def ops_rows(schema: pa.Schema, rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """Rows by the schema; a column that a row lacks is null."""
    return pa.table({field.name: [_value(field.type)(row.get(field.name)) for row in rows] for field in schema}, schema=schema)


def differs(held: pa.Table, data: pa.Table) -> bool:
    """Whether two tables have other columns or rows, in whatever order."""
    if set(held.column_names) != set(data.column_names):
        return True
    rows = [sorted(repr(row) for row in table.select(data.column_names).to_pylist()) for table in (held, data)]
    return rows[0] != rows[1]


def _value(kind: pa.DataType) -> Callable[[object], object]:
    if pa.types.is_timestamp(kind):
        return lambda value: datetime.fromisoformat(value) if isinstance(value, str) else None
    if pa.types.is_date(kind):
        return lambda value: date.fromisoformat(value) if isinstance(value, str) else None
    if pa.types.is_boolean(kind):
        return lambda value: None if value is None else bool(value)
    return lambda value: value
