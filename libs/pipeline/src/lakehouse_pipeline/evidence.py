"""The SQL behind a check: what yields its number, and what shows the rows that make it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from lakehouse_pipeline.measure import measure_query, orphan_rows
from lakehouse_pipeline.schema.plan import AgeMeasure, AggregateMeasure, Check, OrphansMeasure, RowsWhere, SilverTable, SqlProjection
from lakehouse_pipeline.sql import NameOf
from lakehouse_pipeline.warehouse import column_identifier, string_literal


@dataclass(frozen=True)
class Evidence:
    """`query` yields what the check measured; `rows` the rows that make it, None where no rows do."""

    query: str
    rows: str | None


def evidence(check: Check, judged: str, name_of: NameOf) -> Evidence:
    """The SQL of a check over `judged`, which is a table's name or a query in parentheses; `name_of` names other tables."""
    return Evidence(measure_query(check, judged, name_of), _rows(check, judged, name_of))


def batch_relation(table: SilverTable, batch: str, name_of: NameOf) -> str | None:
    """The rows of a batch that could be read, in the contract's types; None where a Python model makes them."""
    if not isinstance(table.projection, SqlProjection):
        return None
    expressions = {expression.column: expression.expression for expression in table.projection.expressions}
    typed = [f"try_cast(({expressions[column.name]}\n) as {column.type}) as {column_identifier(column.name)}" for column in table.columns]
    alias = column_identifier(table.projection.alias)
    chosen = f"{alias}._batch_id = {string_literal(batch)} and {alias}._rescued.reason is null"
    return f"(select {', '.join(typed)} from {name_of(table.origin)} as {alias} where {chosen})"


def _rows(check: Check, judged: str, name_of: NameOf) -> str | None:
    measure = check.measure
    if isinstance(measure, OrphansMeasure):
        return orphan_rows(measure, judged, name_of)
    if isinstance(measure, AgeMeasure):
        return f"select * from {judged} order by {column_identifier(measure.column)} desc nulls last"
    if not isinstance(measure, AggregateMeasure) or measure.rows is None:
        return None
    if isinstance(measure.rows, RowsWhere):
        return f"select * from {judged} where {measure.rows.condition}"
    columns = [column_identifier(name) for name in measure.rows.columns]
    present = " and ".join(f"{column} is not null" for column in columns)
    listed = ", ".join(columns)
    return f"select {listed}, count(*) as rows from {judged} where {present} group by {listed} having count(*) > 1 order by rows desc"
