"""SQLAlchemy's way to the query server: `lakehouse://user@host:10000/schema?password_file=/run/secrets/name`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from pyhive.common import UniversalSet
from sqlalchemy import exc, text, types
from sqlalchemy.engine import Connection
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.engine.url import URL
from sqlalchemy.sql.compiler import IdentifierPreparer, SQLCompiler
from thrift.transport.TTransport import TTransportException

from lakehouse_superset import thrift_driver
from lakehouse_superset.described_table import DescribedTable, described_table
from lakehouse_superset.spark_types import SparkDate, SparkTypeCompiler, sqlalchemy_type

# Seconds a query may take unless the URL says `timeout=`: less than a browser waits for a chart.
_TIMEOUT = 100


class SparkPreparer(IdentifierPreparer):
    """Quotes every name, so that no list of reserved words has to be kept."""

    reserved_words = UniversalSet()

    def __init__(self, dialect: DefaultDialect) -> None:
        super().__init__(dialect, initial_quote="`", escape_quote="`")


class SparkCompiler(SQLCompiler):
    def render_literal_value(self, value: object, type_: types.TypeEngine) -> str:
        """In a text of Spark a backslash begins an escape, also that of a quote."""
        if isinstance(value, str) and isinstance(type_, types.String):
            escaped = value.replace("\\", "\\\\").replace("'", "\\'")
            return f"'{escaped.replace('%', '%%') if self.preparer._double_percents else escaped}'"
        return str(super().render_literal_value(value, type_))

    def limit_clause(self, select: Any, **options: Any) -> str:
        """Spark knows OFFSET without LIMIT, and no `LIMIT -1`."""
        limit, offset = select._limit_clause, select._offset_clause
        written = "" if limit is None else f"\n LIMIT {self.process(limit, **options)}"
        return written if offset is None else f"{written}\n OFFSET {self.process(offset, **options)}"


class LakehouseDialect(DefaultDialect):
    name = "lakehouse"
    driver = "thrift"
    preparer = SparkPreparer
    statement_compiler = SparkCompiler
    type_compiler = SparkTypeCompiler
    colspecs = {types.Date: SparkDate}  # noqa: RUF012
    supports_statement_cache = True
    supports_native_boolean = True
    supports_native_decimal = True
    supports_sane_rowcount = False
    supports_unicode_binds = True
    returns_unicode_strings = True
    postfetch_lastrowid = False
    description_encoding = None

    @classmethod
    def dbapi(cls) -> ModuleType:
        return thrift_driver

    def create_connect_args(self, url: URL) -> tuple[Sequence[object], dict[str, object]]:
        """Arguments of `thrift_driver.connect`. ArgumentError where the URL lacks something or the password cannot be read."""
        if url.host is None or url.username is None:
            raise exc.ArgumentError(f"{url!r} names no host or no user: write lakehouse://user@host:10000/schema.")
        unknown = set(url.query) - {"password_file", "timeout"}
        if unknown:
            raise exc.ArgumentError(f"{url!r} has the unknown setting {', '.join(sorted(unknown))}: there are password_file and timeout.")
        # Superset makes an engine for each query, which would ask the server for it each time.
        self._schema = url.database or "default"
        return [], {
            "host": url.host,
            "port": url.port or 10000,
            "username": url.username,
            "password": _password(url),
            "database": self._schema,
            "seconds": float(url.query.get("timeout", _TIMEOUT)),
        }

    def is_disconnect(self, error: Exception, _connection: object, _cursor: object) -> bool:
        return isinstance(error, (TTransportException, OSError))

    def _get_default_schema_name(self, _connection: Connection) -> str:
        return self._schema

    def _check_unicode_returns(self, *_: object) -> bool:
        return True

    def _check_unicode_description(self, *_: object) -> bool:
        return True

    def _check_max_identifier_length(self, _connection: Connection) -> None:
        return None

    def get_schema_names(self, connection: Connection, **_: object) -> list[str]:
        return [row[0] for row in connection.execute(text("show schemas"))]

    def get_table_names(self, connection: Connection, schema: str | None = None, **_: object) -> list[str]:
        """The tables of a schema. Spark lists its views among them."""
        views = set(self.get_view_names(connection, schema))
        return [name for name in self._names(connection, "tables", schema) if name not in views]

    def get_view_names(self, connection: Connection, schema: str | None = None, **_: object) -> list[str]:
        return self._names(connection, "views", schema)

    def _names(self, connection: Connection, kind: str, schema: str | None) -> list[str]:
        where = "" if schema is None else f" in {self.identifier_preparer.quote_identifier(schema)}"
        # Spark answers (schema, name, whether temporary); temporary ones belong to a session, not to a schema.
        return [name for _, name, temporary in connection.execute(text(f"show {kind}{where}")) if not temporary]

    def has_table(self, connection: Connection, table_name: str, schema: str | None = None, **_: object) -> bool:
        return table_name in self._names(connection, "tables", schema)

    def get_columns(self, connection: Connection, table_name: str, schema: str | None = None, **_: object) -> list[dict[str, object]]:
        return [
            # Spark does not say what may be null; a contract does.
            {"name": column.name, "type": sqlalchemy_type(column.type), "nullable": True, "default": None, "comment": column.comment}
            for column in self._describe(connection, table_name, schema).columns
        ]

    def get_indexes(self, connection: Connection, table_name: str, schema: str | None = None, **_: object) -> list[dict[str, object]]:
        """The partitioning, which is what comes nearest to an index."""
        columns = self._describe(connection, table_name, schema).partitioned_by
        return [{"name": "partition", "column_names": list(columns), "unique": False}] if columns else []

    def get_pk_constraint(self, *_: object, **__: object) -> dict[str, object]:
        return {"name": None, "constrained_columns": []}

    def get_foreign_keys(self, *_: object, **__: object) -> list[dict[str, object]]:
        return []

    def _describe(self, connection: Connection, table: str, schema: str | None) -> DescribedTable:
        name = ".".join(self.identifier_preparer.quote_identifier(part) for part in (schema, table) if part is not None)
        try:
            return described_table(tuple(row) for row in connection.execute(text(f"describe table {name}")))
        except exc.OperationalError as error:
            if "TABLE_OR_VIEW_NOT_FOUND" in str(error):
                raise exc.NoSuchTableError(name) from error
            raise


def _password(url: URL) -> str:
    file = url.query.get("password_file")
    if file is None:
        if url.password is None:
            raise exc.ArgumentError(f"{url!r} has no password: add ?password_file=, with the path of the file that holds it.")
        return str(url.password)
    try:
        return Path(file).read_text(encoding="ascii").rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise exc.ArgumentError(f"The password file {file} of {url!r} cannot be read: {error}.") from error
