from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timezone
from decimal import Decimal

import pyarrow as pa

from lakehouse_pipeline.landing.database_driver import DatabaseColumn
from lakehouse_pipeline.landing.manifest import WatermarkValue

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(\+00)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LARGEST_PRECISION = 38


@dataclass(frozen=True)
class PostgresqlType:
    """The type of a column, that of its values where it is a domain."""

    name: str
    """As pg_type has it: `int4`; empty for types that are not PostgreSQL's own."""
    modifier: int
    """What stands in its brackets, packed; -1 where it has none."""


def postgresql_column(name: str, type_: PostgresqlType) -> DatabaseColumn:
    """A column whose values come as PostgreSQL writes them; a type that the landing form lacks stays text."""
    if type_.name == "numeric":
        return _numeric(name, type_.modifier)
    form, read = _READ.get(type_.name, (pa.string(), _text))
    return DatabaseColumn(name, form, read)


def postgresql_watermark(type_: PostgresqlType, written: str) -> WatermarkValue:
    """A value of a watermark column: numbers as such, moments in the form from which a lag can be taken off, all else as it is written."""
    if type_.name in ("int2", "int4", "int8", "oid"):
        return int(written)
    if type_.name in ("float4", "float8"):
        return float(written)
    moment = _MOMENT.fullmatch(written)
    if type_.name in ("timestamp", "timestamptz") and moment:
        day, clock, fraction, zone = moment.groups()
        return f"{day}T{clock}{'.' + fraction if fraction else ''}{'Z' if zone else ''}"
    return written


def _numeric(name: str, modifier: int) -> DatabaseColumn:
    """Without precision a numeric may hold any number of digits, so it stays text."""
    if modifier < 0:
        return DatabaseColumn(name, pa.string(), _text)
    packed = modifier - 4
    precision, scale = packed >> 16 & 0xFFFF, ((packed & 0x7FF) ^ 1024) - 1024
    if scale < 0:
        precision, scale = precision - scale, 0
    precision = max(precision, scale)
    if precision > _LARGEST_PRECISION:
        return DatabaseColumn(name, pa.string(), _text)
    return DatabaseColumn(name, pa.decimal128(precision, scale), _decimal)


def _text(value: object) -> str:
    """Bytes come from a database that does not know the encoding of its text."""
    return value.decode() if isinstance(value, bytes) else str(value)


def _integer(value: object) -> int:
    return int(_text(value))


def _double(value: object) -> float:
    return float(_text(value))


def _boolean(value: object) -> bool:
    return _text(value) == "t"


def _decimal(value: object) -> Decimal:
    number = Decimal(_text(value))
    if not math.isfinite(number):
        raise ValueError("is no decimal number")
    return number


def _binary(value: object) -> bytes:
    return bytes.fromhex(_text(value).removeprefix("\\x"))


def _date(value: object) -> date:
    text = _text(value)
    if _DATE.fullmatch(text) is None:
        raise ValueError("lies outside of the years 1 to 9999")
    return date.fromisoformat(text)


def _moment(value: object) -> datetime:
    match = _MOMENT.fullmatch(_text(value))
    if match is None:
        raise ValueError("lies outside of the years 1 to 9999")
    day, clock, fraction, zone = match.groups()
    moment = datetime.fromisoformat(f"{day}T{clock}")
    return moment.replace(microsecond=int((fraction or "0").ljust(6, "0")), tzinfo=timezone.utc if zone else None)


_READ: dict[str, tuple[pa.DataType, Callable[[object], object]]] = {
    "bool": (pa.bool_(), _boolean),
    "int2": (pa.int16(), _integer),
    "int4": (pa.int32(), _integer),
    "int8": (pa.int64(), _integer),
    "oid": (pa.int64(), _integer),
    "float4": (pa.float32(), _double),
    "float8": (pa.float64(), _double),
    "bytea": (pa.binary(), _binary),
    "date": (pa.date32(), _date),
    "timestamp": (pa.timestamp("us"), _moment),
    "timestamptz": (pa.timestamp("us", "UTC"), _moment),
}
