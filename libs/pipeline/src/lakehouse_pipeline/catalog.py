from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from pyspark.sql import SparkSession


@dataclass(frozen=True)
class OfferedCandidate:
    """A gold candidate for those who ask for tables by name: its recomputed rows at `location`, which no other candidate ever had,
    and of the published ones those outside `predicate`. `columns` are names and types; `published`: other gold tables that its
    checks read and that have no candidate."""

    table: str
    location: str
    predicate: str | None
    columns: Mapping[str, str]
    published: Collection[str]


class Catalog(Protocol):
    """What tables are known by to those who ask for them by name."""

    def unknown(self, locations: Mapping[str, str]) -> Mapping[str, str]:
        """Those of the tables, given with their locations, that it does not know."""

    def enter(self, spark: SparkSession, locations: Mapping[str, str]) -> None:
        """Makes tables known."""

    @property
    def memory(self) -> int:
        """Bytes of published tables that readers' servers may hold in memory; 0: they hold none."""

    def refresh(self, spark: SparkSession, locations: Mapping[str, str]) -> None:
        """Has all readers see the newest rows of tables from now on."""

    def hold(self, spark: SparkSession, table: str) -> None:
        """Has readers' servers read a table into memory and answer from there, whatever becomes of the table, until `let_go`."""

    def let_go(self, spark: SparkSession, tables: Collection[str]) -> None:
        """Has readers' servers hold no rows of these tables any more."""

    def offer(self, spark: SparkSession, candidate: OfferedCandidate) -> None:
        """Shows a candidate as `staging.<table>`, in place of an earlier one."""

    def withdraw(self, spark: SparkSession, tables: Collection[str]) -> None:
        """Shows the candidates of these gold tables no more."""


class NoCatalog:
    """Tables go by their locations."""

    memory = 0

    def unknown(self, locations: Mapping[str, str]) -> Mapping[str, str]:  # noqa: ARG002
        return {}

    def enter(self, spark: SparkSession, locations: Mapping[str, str]) -> None:
        pass

    def refresh(self, spark: SparkSession, locations: Mapping[str, str]) -> None:
        pass

    def hold(self, spark: SparkSession, table: str) -> None:
        pass

    def let_go(self, spark: SparkSession, tables: Collection[str]) -> None:
        pass

    def offer(self, spark: SparkSession, candidate: OfferedCandidate) -> None:
        pass

    def withdraw(self, spark: SparkSession, tables: Collection[str]) -> None:
        pass
