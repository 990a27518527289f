from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Statement:
    """SQL that SQLite and PostgreSQL both know, with `?` for its parameters, carried out once for each row of `parameters`."""

    sql: str
    parameters: Sequence[Sequence[object]]


def statement(sql: str, *parameters: object) -> Statement:
    """A statement that is carried out once."""
    return Statement(sql, [parameters])


class Database(Protocol):
    """Where the ledger is kept. Several threads may use it at once."""

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        """What a query finds."""

    def write(self, *statements: Statement) -> None:
        """Carries out all statements, as one transaction, or none; once it returns they survive a loss of power."""

    def close(self) -> None: ...
