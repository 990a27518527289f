from __future__ import annotations

from decimal import Decimal

from pyspark.sql import Column, DataFrame, Row
from pyspark.sql import functions as F
from pyspark.sql.types import DateType, StructField, TimestampNTZType, TimestampType

from lakehouse_pipeline.warehouse import column_identifier

_AS_TEXT = DateType | TimestampType | TimestampNTZType


def answer_rows(rows: DataFrame) -> list[list[object]]:
    """Rows as JSON has them, structs with their names. Dates and times are text in UTC: collected, they would be in the machine's zone."""
    columns = [_column(field) for field in rows.schema.fields]
    return [[_plain(value) for value in row] for row in rows.select(*columns).collect()]


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Row):
        return {name: _plain(part) for name, part in value.asDict().items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value


def _column(field: StructField) -> Column:
    column = F.col(column_identifier(field.name))
    return column.cast("string").alias(field.name) if isinstance(field.dataType, _AS_TEXT) else column
