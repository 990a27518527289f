"""Which keys of a gold table the changes of its inputs touch."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyspark.errors import PySparkException

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.schema.plan import GoldTable
from lakehouse_pipeline.warehouse import column_identifier, string_literal

# Past this, one pass over the whole table costs less than a predicate of that length.
MOST_KEYS = 2000


Key = tuple["str | None", ...]


@dataclass(frozen=True)
class AffectedKeys:
    """How many keys changed; `predicate` selects them in gold, None: the whole table."""

    count: int
    predicate: str | None


def affected_predicate(context: Context, table: GoldTable, since: Mapping[str, int], inputs: Mapping[str, int]) -> AffectedKeys:
    """Maps pre- and post-images of the inputs' change feeds to keys. A feed that is past its retention means the whole table."""
    assert table.affected_keys is not None
    expressions = {mapping.table: mapping.expressions for mapping in table.affected_keys.inputs}
    types = {column.name: column.type for column in table.columns}
    kinds = [types[name] for name in table.affected_keys.columns]
    keys: set[Key] = set()
    for name, version in since.items():
        feed = context.spark.read.format("delta").option("readChangeFeed", "true")
        feed = feed.option("startingVersion", version + 1).option("endingVersion", inputs[name])
        # As text, because a timestamp that is collected comes in the time zone of the machine.
        selected = [f"cast(cast({expression} as {kind}) as string)" for expression, kind in zip(expressions[name], kinds, strict=True)]
        try:
            changed = feed.load(context.warehouse.location(name)).selectExpr(*selected)
            keys |= {tuple(row) for row in changed.distinct().limit(MOST_KEYS + 1).collect()}
        except PySparkException:
            return AffectedKeys(MOST_KEYS + 1, None)
    if len(keys) > MOST_KEYS:
        return AffectedKeys(len(keys), None)
    return AffectedKeys(len(keys), key_predicate(table.affected_keys.columns, kinds, keys) if keys else None)


def key_predicate(columns: Sequence[str], types: Sequence[str], keys: Collection[Key]) -> str:
    """Spark SQL true of exactly the rows with one of `keys`, whose values are given as text, with bounds that let Delta skip files.

    The bounds stand first: they are what a scan below a join or an aggregate can use.
    """
    if len(columns) == 1:
        return _one_column(column_identifier(columns[0]), types[0], [key[0] for key in keys])
    each = [
        "("
        + " and ".join(_equals(column_identifier(name), kind, value) for name, kind, value in zip(columns, types, key, strict=True))
        + ")"
        for key in sorted(keys, key=repr)
    ]
    return f"({' or '.join(each)})"


def _one_column(column: str, kind: str, values: Sequence[str | None]) -> str:
    present = sorted((value for value in values if value is not None), key=lambda value: _order(value, kind))
    terms = []
    if present:
        literals = ", ".join(_literal(value, kind) for value in present)
        low, high = _literal(present[0], kind), _literal(present[-1], kind)
        terms.append(f"({column} >= {low} and {column} <= {high} and {column} in ({literals}))")
    if len(present) < len(values):
        terms.append(f"{column} is null")
    return f"({' or '.join(terms)})"


def _equals(column: str, kind: str, value: str | None) -> str:
    return f"{column} is null" if value is None else f"{column} = {_literal(value, kind)}"


def _order(value: str, kind: str) -> tuple[Decimal, str]:
    """Numbers by value, all else by text: dates and times sort as they run."""
    is_number = kind.startswith(("tinyint", "smallint", "int", "bigint", "decimal", "float", "double"))
    return (Decimal(value), "") if is_number else (Decimal(0), value)


def _literal(value: str, kind: str) -> str:
    return f"cast({string_literal(value)} as {kind})"
