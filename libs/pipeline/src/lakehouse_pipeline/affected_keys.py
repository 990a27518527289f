"""Which keys of a gold table the changes of its inputs touch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pyspark.errors import PySparkException
from pyspark.sql.types import DataType

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.schema.plan import GoldTable
from lakehouse_pipeline.warehouse import column_identifier, string_literal

# Past this, one pass over the whole table costs less than a predicate of that length.
MOST_KEYS = 2000


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
    keys: set[tuple[object, ...]] = set()
    fields: Sequence[DataType] = ()
    for name, version in since.items():
        feed = context.spark.read.format("delta").option("readChangeFeed", "true")
        feed = feed.option("startingVersion", version + 1).option("endingVersion", inputs[name])
        selected = [
            f"cast({expression} as {kind}) as key_{i}" for i, (expression, kind) in enumerate(zip(expressions[name], kinds, strict=True))
        ]
        try:
            changed = feed.load(context.warehouse.location(name)).selectExpr(*selected).distinct().limit(MOST_KEYS + 1)
            fields = [field.dataType for field in changed.schema.fields]
            keys |= {tuple(row) for row in changed.collect()}
        except PySparkException:
            return AffectedKeys(MOST_KEYS + 1, None)
    if len(keys) > MOST_KEYS:
        return AffectedKeys(len(keys), None)
    return AffectedKeys(len(keys), key_predicate(table.affected_keys.columns, fields, keys) if keys else None)


def key_predicate(columns: Sequence[str], types: Sequence[DataType], keys: set[tuple[object, ...]]) -> str:
    """Spark SQL true of exactly the rows with one of `keys`, with bounds that let Delta skip files.

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


def _one_column(column: str, kind: DataType, values: list[object]) -> str:
    present = sorted((value for value in values if value is not None), key=_order)
    terms = []
    if present:
        literals = ", ".join(_literal(value, kind) for value in present)
        low, high = _literal(present[0], kind), _literal(present[-1], kind)
        terms.append(f"({column} >= {low} and {column} <= {high} and {column} in ({literals}))")
    if len(present) < len(values):
        terms.append(f"{column} is null")
    return f"({' or '.join(terms)})"


def _order(value: object) -> tuple[float, str]:
    """Numbers by value, all else by text: ISO dates and times sort as they run."""
    return (float(value), "") if isinstance(value, int | float | Decimal) else (0.0, str(value))


def _equals(column: str, kind: DataType, value: object) -> str:
    return f"{column} is null" if value is None else f"{column} = {_literal(value, kind)}"


def _literal(value: object, kind: DataType) -> str:
    if isinstance(value, datetime):
        return f"timestamp'{value.isoformat(sep=' ')}Z'"
    if isinstance(value, date):
        return f"date'{value.isoformat()}'"
    return f"cast({string_literal(str(value))} as {kind.simpleString()})"
