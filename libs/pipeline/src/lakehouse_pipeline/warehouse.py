from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Warehouse:
    """Where tables lie: one folder, or bucket, a layer; one folder a table. `root` is what a layer's name is appended to."""

    root: str

    def layer(self, name: str) -> str:
        """`/home/me/warehouse/` and silver → `/home/me/warehouse/silver`; `s3a://` and silver → `s3a://silver`."""
        return f"{self.root}{name}"

    def location(self, table: str) -> str:
        """`silver.flights` → `<root>silver/flights`."""
        layer, name = table.split(".", 1)
        return f"{self.layer(layer)}/{name}"

    def candidate(self, build: str, table: str) -> str:
        """The fresh location at which `build`, a name that no other build has, puts the candidate of a gold table."""
        return f"{self.staging}/{re.sub('[^A-Za-z0-9._-]', '-', build)}/{table.split('.', 1)[1]}"

    @property
    def landing(self) -> str:
        return self.layer("landing")

    @property
    def staging(self) -> str:
        return self.layer("staging")


def quarantine_of(table: str) -> str:
    """The quarantine table of a silver table."""
    return f"quarantine.{table.split('.', 1)[1]}"


def sql_identifier(location: str) -> str:
    """A Delta table by its location, as a name in Spark SQL."""
    return f"delta.`{location.replace('`', '``')}`"


def view_name(what: str, table: str) -> str:
    """The temporary view in which a step keeps something of a table; steps of several tables share a session."""
    return f"{what}_{table.replace('.', '_')}"


def column_identifier(name: str) -> str:
    """A column name quoted for Spark SQL."""
    return f"`{name.replace('`', '``')}`"


def string_literal(value: str) -> str:
    """A Spark SQL string literal; backslashes escape in it."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
