from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation

import pyarrow as pa

from lakehouse_pipeline.landing.database_driver import DatabaseColumn
from lakehouse_pipeline.landing.timestamps import parse_timestamp

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_NOISE = Decimal("1e-12")
_DECIMAL = re.compile(r"(?:DECIMAL|NUMERIC)\s*\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)")


def sqlite_column(name: str, declared: str) -> DatabaseColumn:
    """A column by its declared type. SQLite does not enforce it, so each value is looked at; a type it has no name for is text."""
    upper = declared.upper()
    decimal = _DECIMAL.fullmatch(upper)
    if decimal and int(decimal[1]) <= 38:
        precision, scale = int(decimal[1]), int(decimal[2] or 0)
        return DatabaseColumn(name, pa.decimal128(precision, scale), lambda value: _decimal(value, precision, scale))
    if "BOOL" in upper:
        return DatabaseColumn(name, pa.bool_(), _boolean)
    if upper.startswith(("TIMESTAMP", "DATETIME")):
        return DatabaseColumn(name, pa.timestamp("us", "UTC"), _timestamp)
    if upper == "DATE":
        return DatabaseColumn(name, pa.date32(), _date)
    if "INT" in upper:
        return DatabaseColumn(name, pa.int64(), _integer)
    if any(word in upper for word in ("REAL", "FLOA", "DOUB")):
        return DatabaseColumn(name, pa.float64(), _double)
    if "BLOB" in upper:
        return DatabaseColumn(name, pa.binary(), _binary)
    return DatabaseColumn(name, pa.string(), _text)


def _integer(value: object) -> int:
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer() and abs(value) < 1 << 53):
        return int(value)
    raise ValueError("is no integer")


def _double(value: object) -> float:
    if isinstance(value, (int, float)):
        return float(value)
    raise ValueError("is no number")


def _boolean(value: object) -> bool:
    if value in (0, 1):
        return value == 1
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise ValueError("is no truth value")


def _date(value: object) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value)
    raise ValueError("is no date")


def _timestamp(value: object) -> datetime:
    """Text is ISO 8601; a number counts seconds since 1970, as SQLite's own functions read it."""
    if isinstance(value, str):
        return parse_timestamp(value)
    if isinstance(value, (int, float)):
        try:
            return _EPOCH + timedelta(seconds=value)
        except OverflowError as error:
            raise ValueError("is no time before the year 10000") from error
    raise ValueError("is no timestamp")


def _decimal(value: object, precision: int, scale: int) -> Decimal:
    """A value must fit exactly, but for what a binary fraction cannot help."""
    if not isinstance(value, (str, int, float)):
        raise ValueError("is no number")
    try:
        exact = Decimal(repr(value) if isinstance(value, float) else value)
        number = exact.quantize(Decimal(1).scaleb(-scale))
    except InvalidOperation as error:
        raise ValueError(f"is no decimal({precision},{scale})") from error
    difference = abs(number - exact)
    if len(number.as_tuple().digits) > precision or difference > (abs(exact) * _NOISE if isinstance(value, float) else 0):
        raise ValueError(f"is no decimal({precision},{scale})")
    return number


def _binary(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    raise ValueError("is no binary value")


def _text(value: object) -> str:
    text = value.decode() if isinstance(value, bytes) else str(value)
    text.encode()
    return text
