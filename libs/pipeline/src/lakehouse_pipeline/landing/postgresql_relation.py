from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import psycopg

from lakehouse_pipeline.landing.postgresql_types import PostgresqlType

Connection = psycopg.Connection[tuple[object, ...]]

_PART = r'("(?:[^"]|"")+"|[^."]+)'
_WRITTEN = re.compile(rf"(?:{_PART}\.)?{_PART}")
_KINDS = "('r', 'p', 'v', 'm', 'f')"
_FIND = f"""
select n.nspname, c.relname, c.oid
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in {_KINDS} and c.relname = %(name)s
  and case when %(schema)s::text is null then pg_table_is_visible(c.oid) else n.nspname = %(schema)s end
"""
_LIST = f"""
select case when pg_table_is_visible(c.oid) then null else n.nspname end, c.relname
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in {_KINDS} and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
order by 1 nulls first, 2
"""
# A domain is read as the type that it is made of, whose brackets it has.
_COLUMNS = """
with recursive resolved (place, name, type, modifier) as (
  select attnum, attname, atttypid, atttypmod from pg_attribute where attrelid = %s and attnum > 0 and not attisdropped
  union all
  select r.place, r.name, t.typbasetype, t.typtypmod from resolved r join pg_type t on t.oid = r.type where t.typtype = 'd'
)
select
  r.name, case when t.typnamespace = 'pg_catalog'::regnamespace then t.typname else '' end, r.modifier,
  format_type(r.type, null), t.oid, t.typcategory = 'A'
from resolved r join pg_type t on t.oid = r.type
where t.typtype <> 'd'
order by r.place
"""


@dataclass(frozen=True)
class PostgresqlField:
    """A column as the catalog describes it."""

    type: PostgresqlType
    written_type: str
    """As SQL writes it."""
    oid: int
    is_array: bool


@dataclass(frozen=True)
class PostgresqlRelation:
    """A table or view."""

    schema: str
    name: str
    fields: Mapping[str, PostgresqlField]


def find_relation(connection: Connection, written: str) -> PostgresqlRelation | None:
    """
    The table or view that `schema.name` or `name` writes, the latter in the search path.

    Names are taken as they are written, without folding; quotes are for names with a dot in them.
    """
    parts = _WRITTEN.fullmatch(written)
    schema, name = (_unquoted(parts[1]), _unquoted(parts[2])) if parts else (None, written)
    found = connection.execute(_FIND, {"schema": schema, "name": name}).fetchone()
    if found is None:
        return None
    fields = {
        str(column): PostgresqlField(PostgresqlType(str(type_), int(str(modifier))), str(sql_type), int(str(oid)), bool(is_array))
        for column, type_, modifier, sql_type, oid, is_array in connection.execute(_COLUMNS, (found[2],))
    }
    return PostgresqlRelation(str(found[0]), str(found[1]), fields)


def list_relations(connection: Connection) -> list[str]:
    """All tables and views, written so that find_relation finds them."""
    return [".".join(_written(str(part)) for part in parts if part is not None) for parts in connection.execute(_LIST)]


def _unquoted(part: str | None) -> str | None:
    return part[1:-1].replace('""', '"') if part and part.startswith('"') else part


def _written(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""')) if re.search(r'[."]', name) else name
