from __future__ import annotations

import re
from collections.abc import Callable

NameOf = Callable[[str], str]
"""How Spark SQL names a table of the plan: `silver.flights` → an identifier."""

_PLACEHOLDER = re.compile(r"\$\{(table|[a-z_]+\.[A-Za-z0-9_]+)\}")


def resolve(sql: str, name_of: NameOf) -> str:
    """SQL of the plan with its `${layer.table}` and `${table}` replaced by real names."""
    return _PLACEHOLDER.sub(lambda match: name_of(match.group(1)), sql)


def named_tables(sql: str) -> list[str]:
    """The tables of the plan that SQL names, `${table}` apart."""
    return [name for name in _PLACEHOLDER.findall(sql) if name != "table"]
