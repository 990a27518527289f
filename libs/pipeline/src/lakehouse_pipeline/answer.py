from __future__ import annotations

from decimal import Decimal

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import DateType, StructField, TimestampNTZType, TimestampType

from lakehouse_pipeline.warehouse import column_identifier

_AS_TEXT = DateType | TimestampType | TimestampNTZType


def answer_rows(rows: DataFrame) -> list[list[object]]:
    """Rows as JSON has them. Dates and times are text in UTC: collected as such they would come in the machine's time zone."""
    columns = [_column(field) for field in rows.schema.fields]
    return [[float(value) if isinstance(value, Decimal) else value for value in row] for row in rows.select(*columns).collect()]


def _column(field: StructField) -> Column:
    column = F.col(column_identifier(field.name))
    return column.cast("string").alias(field.name) if isinstance(field.dataType, _AS_TEXT) else column
