from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pyspark.sql import SparkSession


class Catalog(Protocol):
    """What tables are known by to those who ask for them by name."""

    def unknown(self, locations: Mapping[str, str]) -> Mapping[str, str]:
        """Those of the tables, given with their locations, that it does not know."""

    def enter(self, spark: SparkSession, locations: Mapping[str, str]) -> None:
        """Makes tables known."""

    def refresh(self, spark: SparkSession, locations: Mapping[str, str]) -> None:
        """Has all readers see the newest rows of tables from now on."""


class NoCatalog:
    """Tables go by their locations."""

    def unknown(self, locations: Mapping[str, str]) -> Mapping[str, str]:  # noqa: ARG002
        return {}

    def enter(self, spark: SparkSession, locations: Mapping[str, str]) -> None:
        pass

    def refresh(self, spark: SparkSession, locations: Mapping[str, str]) -> None:
        pass
