from __future__ import annotations

from collections.abc import Iterator, Sequence

from psycopg import sql
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.types.string import TextLoader

from lakehouse_pipeline.landing.database_driver import DatabaseColumn, LagQuery
from lakehouse_pipeline.landing.manifest import WatermarkValue
from lakehouse_pipeline.landing.postgresql_relation import (
    Connection,
    PostgresqlField,
    PostgresqlRelation,
    find_relation,
    list_relations,
)
from lakehouse_pipeline.landing.postgresql_types import postgresql_column, postgresql_watermark

_FIRST_PORTION = 16
_LARGEST_PORTION = 10_000
_PORTION_CHARACTERS = 8 * 1024 * 1024
_SAMPLES = 100
_JSON = 114
# A watermark of this kind has no largest value that could be waited for, so such rows are read every time, like those without one.
_ENDLESS = ("date", "timestamp", "timestamptz", "float4", "float8")


class _RawLoader(Loader):
    def load(self, data: Buffer) -> bytes:
        return bytes(data)


class PostgresqlReader:
    """One consistent state of a database: the snapshot of a transaction. Values are read as the server writes them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._found: dict[str, PostgresqlRelation | None] = {}

    def columns(self, relation: str) -> Sequence[DatabaseColumn]:
        found = self._relation(relation)
        return [postgresql_column(name, field.type) for name, field in found.fields.items()] if found else []

    def relations(self) -> Sequence[str]:
        return list_relations(self._connection)

    def largest(self, relation: str, column: str) -> WatermarkValue:
        found = self._known(relation)
        field = found.fields[column]
        watermark = sql.Identifier(column)
        # Not-a-number counts as greater than infinity.
        condition = "{0} > '-infinity' and {0} < 'infinity'" if field.type.name in _ENDLESS else "{0} is not null"
        query = sql.SQL("select {0} from {1} where " + condition + " order by {0} desc limit 1").format(watermark, _qualified(found))
        with self._connection.cursor() as cursor:
            cursor.adapters.register_loader(field.oid, TextLoader)
            row = cursor.execute(query).fetchone()
        return postgresql_watermark(field.type, _as_text(row[0])) if row else None

    def rows(self, relation: str, columns: Sequence[str], lag: LagQuery | None) -> Iterator[Sequence[Sequence[object]]]:
        found = self._known(relation)
        # A cursor of the server: the client holds no more than one portion.
        with self._connection.cursor(name="lander") as cursor:
            # Such a server does not know what its bytes mean; asked for UTF-8 it would refuse the others.
            is_raw = self._connection.info.parameter_status("server_encoding") == "SQL_ASCII"
            for oid in {_JSON, *(field.oid for field in found.fields.values())}:
                cursor.adapters.register_loader(oid, _RawLoader if is_raw else TextLoader)
            cursor.execute(_query(found, columns, lag))
            if is_raw:
                self._connection.execute("set local client_encoding to sql_ascii")
            count = _FIRST_PORTION
            while portion := cursor.fetchmany(count):
                yield portion
                count = _next_portion(portion)

    def _relation(self, relation: str) -> PostgresqlRelation | None:
        if relation not in self._found:
            self._found[relation] = find_relation(self._connection, relation)
        return self._found[relation]

    def _known(self, relation: str) -> PostgresqlRelation:
        found = self._relation(relation)
        if found is None:
            raise KeyError(relation)
        return found


def _query(found: PostgresqlRelation, columns: Sequence[str], lag: LagQuery | None) -> sql.Composed:
    values = sql.SQL(", ").join(_value(name, found.fields[name]) for name in columns)
    if lag is None:
        return sql.SQL("select {}, 1 from {}").format(values, _qualified(found))
    field = found.fields[lag.column]
    watermark = sql.Identifier(lag.column)
    endless = sql.SQL(" or {} = '-infinity'" if field.type.name in _ENDLESS else "").format(watermark)
    again = sql.SQL("coalesce({} > {}, true)").format(watermark, _bound(lag.again_above, field))
    condition = sql.SQL(" where {0} > {1} or {0} is null{2}" if lag.above is not None else "")
    return sql.SQL("select {}, case when {}{} then 1 end from {}{} order by {}").format(
        values, again, endless, _qualified(found), condition.format(watermark, _bound(lag.above, field), endless), watermark
    )


def _bound(value: WatermarkValue, field: PostgresqlField) -> sql.Composed:
    """A value to compare the watermark with; less its lag it may leave the range of a small integer."""
    type_ = "bigint" if field.type.name in ("int2", "int4", "oid") else field.written_type
    return sql.SQL("cast({} as {})").format(None if value is None else str(value), sql.SQL(type_))


def _value(name: str, field: PostgresqlField) -> sql.Composable:
    """An array becomes JSON, which says the same without a syntax of its own."""
    return sql.SQL("to_json({})").format(sql.Identifier(name)) if field.is_array else sql.Identifier(name)


def _qualified(found: PostgresqlRelation) -> sql.Identifier:
    return sql.Identifier(found.schema, found.name)


def _as_text(value: object) -> str:
    return value.decode(errors="surrogateescape") if isinstance(value, bytes) else str(value)


def _next_portion(portion: Sequence[Sequence[object]]) -> int:
    """How many rows to read next, by the size of some that were read."""
    some = portion[:: max(1, len(portion) // _SAMPLES)]
    characters = sum(len(value) for row in some for value in row if isinstance(value, (str, bytes)))
    return max(1, min(_LARGEST_PORTION, 16 * len(portion), _PORTION_CHARACTERS * len(some) // (characters + 1)))
