"""What Superset has to know of the query server; it finds this by the entry point `superset.db_engine_specs`."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import current_app
from sqlalchemy import types
from sqlalchemy.engine.url import URL
from superset.common.db_query_status import QueryStatus
from superset.db_engine_specs.base import BaseEngineSpec, DatabaseCategory
from superset.extensions import db
from superset.utils.core import GenericDataType

from lakehouse_superset.release import last_release, ledger
from lakehouse_superset.time_grains import TIME_GRAINS

if TYPE_CHECKING:
    from flask_appbuilder.security.sqla.models import User
    from superset.models.core import Database
    from superset.models.sql_lab import Query

# Seconds between two looks at whether the user of SQL Lab pressed Stop.
_LOOK = 0.5


class LakehouseEngineSpec(BaseEngineSpec):
    engine = "lakehouse"
    engine_name = "Lakehouse"
    default_driver = "thrift"
    sqlalchemy_uri_placeholder = "lakehouse://user@host:10000/schema?password_file=/run/secrets/name"
    metadata: Mapping[str, object] = {
        "description": "The query server of the lakehouse: Spark SQL over published tables.",
        "categories": [DatabaseCategory.QUERY_ENGINES],
        "connection_string": sqlalchemy_uri_placeholder,
        "default_port": 10000,
    }

    _time_grain_expressions = TIME_GRAINS
    column_type_mappings = (
        # The rest of Superset's own mappings fits Spark's names.
        (re.compile(r"^(tinyint|double)", re.IGNORECASE), types.Float(), GenericDataType.NUMERIC),
        (re.compile(r"^(array|map|struct|variant|interval|binary)", re.IGNORECASE), types.String(), GenericDataType.STRING),
    )
    supports_dynamic_schema = True
    # Sessions of the query server only read.
    supports_file_upload = False

    @classmethod
    def adjust_engine_params(
        cls, uri: URL, connect_args: dict[str, Any], catalog: str | None = None, schema: str | None = None
    ) -> tuple[URL, dict[str, Any]]:
        assert catalog is None, "The query server has one catalog."
        return (uri if schema is None else uri.set(database=schema)), connect_args

    @classmethod
    def get_schema_from_engine_params(cls, sqlalchemy_uri: URL, connect_args: dict[str, Any]) -> str | None:
        del connect_args
        return sqlalchemy_uri.database or None

    @classmethod
    def convert_dttm(cls, target_type: str, dttm: datetime, db_extra: dict[str, Any] | None = None) -> str | None:
        del db_extra
        kind = cls.get_sqla_column_type(target_type)
        if isinstance(kind, types.Date):
            return f"date '{dttm.date().isoformat()}'"
        if isinstance(kind, types.DateTime):
            return f"timestamp '{dttm.isoformat(sep=' ', timespec='microseconds')}'"
        return None

    @classmethod
    def epoch_to_dttm(cls) -> str:
        return "timestamp_seconds({col})"

    @classmethod
    def execute_with_cursor(cls, cursor: Any, sql: str, query: Query) -> None:
        """Runs a statement of SQL Lab until it ends, or its user stops it."""
        try:
            cursor.execute(sql, is_stopped=_stopped(query))
        except Exception as error:
            raise cls.get_dbapi_mapped_exception(error) from error

    @classmethod
    def get_impersonation_key(cls, user: User | None) -> str:
        """Superset makes this a part of the name under which it keeps an answer, where the database says `per_user_caching`.

        All users have the same rights on the query server, so answers are kept by release and not by user.
        """
        del user
        return last_release(ledger(current_app.config["SQLALCHEMY_DATABASE_URI"]))

    @classmethod
    def has_implicit_cancel(cls) -> bool:
        return True

    @classmethod
    def get_function_names(cls, database: Database) -> list[str]:
        """Names that SQL Lab completes."""
        return [str(name) for name in database.get_df("show functions").iloc[:, 0]]


def _stopped(query: Query) -> Callable[[], bool]:
    """The answer is at most `_LOOK` seconds old: another thread writes it into Superset's database."""
    looked = time.monotonic()

    def is_stopped() -> bool:
        nonlocal looked
        if time.monotonic() - looked < _LOOK:
            return False
        looked = time.monotonic()
        db.session.refresh(query)
        return bool(query.status == QueryStatus.STOPPED)

    return is_stopped
