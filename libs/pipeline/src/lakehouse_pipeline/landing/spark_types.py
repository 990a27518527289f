from __future__ import annotations

import pyarrow as pa
import pyarrow.types as t

_SIMPLE: dict[pa.DataType, str] = {
    pa.bool_(): "boolean",
    pa.int8(): "tinyint",
    pa.int16(): "smallint",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.float32(): "float",
    pa.float64(): "double",
    pa.string(): "string",
    pa.binary(): "binary",
    pa.date32(): "date",
    pa.timestamp("us", "UTC"): "timestamp",
    pa.timestamp("us"): "timestamp_ntz",
}
_WIDENED: dict[pa.DataType, pa.DataType] = {
    pa.uint8(): pa.int16(),
    pa.uint16(): pa.int32(),
    pa.uint32(): pa.int64(),
    pa.uint64(): pa.decimal128(20, 0),
    pa.float16(): pa.float32(),
    pa.large_string(): pa.string(),
    pa.string_view(): pa.string(),
    pa.large_binary(): pa.binary(),
    pa.binary_view(): pa.binary(),
    pa.date64(): pa.date32(),
    pa.null(): pa.string(),
}


def spark_type(type_: pa.DataType) -> str:
    """The Spark SQL type that Spark reads a Parquet column of this type as."""
    if type_ in _SIMPLE:
        return _SIMPLE[type_]
    if t.is_decimal(type_):
        return f"decimal({type_.precision},{type_.scale})"
    if t.is_struct(type_):
        return f"struct<{','.join(f'{_quoted(field.name)}:{spark_type(field.type)}' for field in type_)}>"
    if t.is_map(type_):
        return f"map<{spark_type(type_.key_type)},{spark_type(type_.item_type)}>"
    if t.is_list(type_):
        return f"array<{spark_type(type_.value_type)}>"
    raise ValueError(f"Spark has no type for {type_}")


def readable_type(type_: pa.DataType) -> pa.DataType:
    """The nearest type that Spark reads from Parquet and that holds every value; times of day become text."""
    if type_ in _WIDENED:
        return _WIDENED[type_]
    if t.is_timestamp(type_):
        return pa.timestamp("us", "UTC" if type_.tz else None)
    if t.is_decimal(type_):
        return pa.decimal128(type_.precision, type_.scale) if type_.precision <= 38 and type_.scale >= 0 else pa.string()
    if t.is_dictionary(type_):
        return readable_type(type_.value_type)
    if t.is_struct(type_):
        return pa.struct([pa.field(field.name, readable_type(field.type)) for field in type_])
    if t.is_map(type_):
        return pa.map_(readable_type(type_.key_type), readable_type(type_.item_type))
    if t.is_list(type_) or t.is_large_list(type_) or t.is_fixed_size_list(type_):
        return pa.list_(readable_type(type_.value_type))
    if t.is_fixed_size_binary(type_):
        return pa.binary()
    return type_ if type_ in _SIMPLE else pa.string()


def _quoted(name: str) -> str:
    return name if name.isidentifier() else f"`{name.replace('`', '``')}`"
