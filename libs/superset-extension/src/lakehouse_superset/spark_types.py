"""Spark's types as SQLAlchemy has them: https://spark.apache.org/docs/latest/sql-ref-datatypes.html"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import types
from sqlalchemy.sql.compiler import GenericTypeCompiler

_DECIMAL = re.compile(r"decimal\((\d+),(\d+)\)")


class SparkDate(types.Date):
    """The Thrift Server sends days as text."""

    def result_processor(self, _dialect: object, _coltype: object) -> Callable[[Any], Any]:
        return lambda value: date.fromisoformat(value) if isinstance(value, str) else value


class SparkString(types.String):
    def __str__(self) -> str:
        return "STRING"


class SparkDouble(types.Float):
    __visit_name__ = "spark_double"

    def __str__(self) -> str:
        return "DOUBLE"


class SparkTinyInteger(types.SmallInteger):
    __visit_name__ = "spark_tiny_integer"

    def __str__(self) -> str:
        return "TINYINT"


class SparkOther(types.String):
    """A type that SQLAlchemy has no word for; the Thrift Server sends its values as text, those of nested types as JSON."""

    __visit_name__ = "spark_other"

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name.upper()

    def __str__(self) -> str:
        return self.name


class SparkTypeCompiler(GenericTypeCompiler):
    """Types by the names that Spark gives them."""

    def visit_INTEGER(self, _type: object, **_: object) -> str:
        return "INT"

    def visit_VARCHAR(self, _type: object, **_: object) -> str:
        return "STRING"

    visit_CHAR = visit_NVARCHAR = visit_NCHAR = visit_TEXT = visit_CLOB = visit_VARCHAR

    def visit_BLOB(self, _type: object, **_: object) -> str:
        return "BINARY"

    def visit_DATETIME(self, _type: object, **_: object) -> str:
        return "TIMESTAMP"

    def visit_spark_double(self, _type: object, **_: object) -> str:
        return "DOUBLE"

    def visit_spark_tiny_integer(self, _type: object, **_: object) -> str:
        return "TINYINT"

    def visit_spark_other(self, type_: SparkOther, **_: object) -> str:
        return type_.name


_TYPES: dict[str, Callable[[], types.TypeEngine]] = {
    "boolean": types.Boolean,
    "tinyint": SparkTinyInteger,
    "smallint": types.SmallInteger,
    "int": types.Integer,
    "bigint": types.BigInteger,
    "float": types.Float,
    "double": SparkDouble,
    "string": SparkString,
    "binary": types.LargeBinary,
    "date": SparkDate,
    "timestamp": types.TIMESTAMP,
}


def sqlalchemy_type(name: str) -> types.TypeEngine:
    """The type that DESCRIBE calls `name`, such as `bigint`, `decimal(10,2)` or `array<string>`."""
    known = _TYPES.get(name)
    if known is not None:
        return known()
    decimal = _DECIMAL.fullmatch(name)
    if decimal is not None:
        return types.DECIMAL(int(decimal[1]), int(decimal[2]))
    if name.startswith(("char(", "varchar(")):
        return SparkString()
    return SparkOther(name)
