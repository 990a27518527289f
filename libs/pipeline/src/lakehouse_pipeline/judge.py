"""The row rules of a silver table, as one expression over the typed rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from lakehouse_pipeline.schema.plan import Reference, ReferenceRule, SilverTable, TypeRule
from lakehouse_pipeline.warehouse import column_identifier, string_literal


@dataclass(frozen=True)
class Lookup:
    """The keys that exist of a reference: parent columns in their order."""

    reference: Reference
    parents: DataFrame


def malformed_rule(table: SilverTable) -> str:
    """The rule of rows that could not be read at all."""
    return f"{table.name}/malformed"


def with_orphans(rows: DataFrame, lookups: list[Lookup]) -> DataFrame:
    """Adds `__orphan_<n>` for the n-th lookup: whether the row's reference finds no parent. A null in it is not judged."""
    for position, lookup in enumerate(lookups):
        names = [f"__parent_{position}_{index}" for index in range(len(lookup.reference.columns))]
        found = f"__found_{position}"
        parents = lookup.parents.toDF(*names).distinct().withColumn(found, F.lit(True))
        pairs = list(zip(lookup.reference.columns, names, strict=True))
        matches = [F.col(column_identifier(column)) == F.col(name) for column, name in pairs]
        condition = matches[0]
        for match in matches[1:]:
            condition = condition & match
        present = " and ".join(f"{column_identifier(column)} is not null" for column in lookup.reference.columns)
        rows = (
            rows.join(parents, condition, "left")
            .withColumn(f"__orphan_{position}", F.expr(f"{found} is null and {present}"))
            .drop(found, *names)
        )
    return rows


def judge(rows: DataFrame, table: SilverTable, references: list[Reference]) -> DataFrame:
    """Adds `__rules` (ids of the row rules that the row breaks) and `__waits` (it breaks references alone).

    A value that is not of its column's type breaks that rule alone: the column's other rules would judge the null in its place.
    `rows` has a `__orphan_<n>` for the n-th of `references`.
    """
    untyped = {field.name for field in rows.schema["__untyped"].dataType}  # type: ignore[attr-defined]
    typed = {rule.column for rule in table.row_rules if isinstance(rule, TypeRule)}
    own: list[tuple[str, str]] = []
    parents: list[tuple[str, str]] = []
    for rule in table.row_rules:
        if isinstance(rule, ReferenceRule):
            parents.append((rule.id, f"__orphan_{references.index(rule.reference)}"))
        elif isinstance(rule, TypeRule):
            if rule.column in untyped:
                own.append((rule.id, f"__untyped.{column_identifier(rule.column)}"))
        elif rule.column is not None and rule.column in untyped & typed:
            own.append((rule.id, f"({rule.violation}\n) and not __untyped.{column_identifier(rule.column)}"))
        else:
            own.append((rule.id, f"{rule.violation}\n"))
    malformed = f"array({string_literal(malformed_rule(table))})"
    unreadable = "_rescued.reason is not null"
    return (
        rows.withColumn("__own", F.expr(f"case when {unreadable} then {malformed} {_broken(own)} else {_EMPTY} end"))
        .withColumn("__orphaned", F.expr(f"case when {unreadable} then {_EMPTY} {_broken(parents)} else {_EMPTY} end"))
        .withColumn("__rules", F.expr("concat(__own, __orphaned)"))
        .withColumn("__waits", F.expr("size(__own) = 0 and size(__orphaned) > 0"))
        .drop("__own", "__orphaned")
    )


_EMPTY = "cast(array() as array<string>)"


def _broken(rules: Sequence[tuple[str, str]]) -> str:
    """A branch of a case: which of `rules` (id, condition) the row breaks. A row that breaks none pays for no array."""
    if not rules:
        return ""
    found = ", ".join(f"case when {condition} then {string_literal(name)} end" for name, condition in rules)
    return f"when {' or '.join(f'({condition})' for _, condition in rules)} then array_compact(array({found}))"
