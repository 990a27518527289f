"""Published tables that dashboards read are answered from memory, within a budget."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial

from pyspark.errors import PySparkException

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import exists, row_count
from lakehouse_pipeline.events import problem, step
from lakehouse_pipeline.parallel import in_parallel
from lakehouse_pipeline.schema.plan import GoldTable

# Bytes of a value: https://github.com/apache/spark/tree/v4.2.0/sql/api/src/main/scala/org/apache/spark/sql/types (defaultSize).
_WIDTHS = {
    **dict.fromkeys(("boolean", "tinyint"), 1),
    "smallint": 2,
    **dict.fromkeys(("int", "float", "date"), 4),
    **dict.fromkeys(("bigint", "double", "timestamp", "timestamp_ntz"), 8),
    "string": 20,
}
_SHORT_DECIMAL, _LONG_DECIMAL = 8, 16
_DIGITS_OF_SHORT_DECIMAL = 18
# Binary and nested values.
_OTHER = 100


def warm_gold(context: Context) -> list[str]:
    """Has the query server hold the domain's tables of `tables_to_hold`, and returns them; the caller holds what publishes them.

    Where one does not fit after all, it is read from the object store as before: that is a warning.
    """
    if context.catalog.memory == 0:
        return []
    shown = {chart.table for dashboard in context.plan.dashboards for chart in dashboard.charts}
    tables = [table for table in context.plan.tables if isinstance(table, GoldTable) and table.name in shown]
    there = [(table, context.warehouse.location(table.name)) for table in tables if exists(context.warehouse.location(table.name))]
    sizes = {table.name: bytes_in_memory(table, row_count(location)) for table, location in there}
    if not sizes:
        return []
    chosen = tables_to_hold(sizes, context.catalog.memory)
    context.catalog.let_go(context.spark, sorted(sizes.keys() - set(chosen)))
    # Another domain may be about to publish its own.
    own = [name for name in chosen if context.tables[name].domain == context.domain]
    held = in_parallel([partial(_hold, context, name) for name in own])
    return [name for name, is_held in zip(own, held, strict=True) if is_held]


def hold_anew(context: Context, tables: Collection[str]) -> None:
    """Has the query server hold what these gold tables have now; the caller holds their domains.

    Files that were compacted or whose rows expired are freed one day. What was read from them cannot be read again then, where
    memory lost it.
    """
    if context.catalog.memory == 0 or not tables:
        return
    locations = {name: context.warehouse.location(name) for name in tables}
    context.catalog.let_go(context.spark, locations)
    context.catalog.refresh(context.spark, locations)
    for domain in sorted({context.tables[name].domain for name in tables}):
        warm_gold(replace(context, domain=domain, start_spark=lambda: context.spark))


def tables_to_hold(sizes: Mapping[str, int], budget: int) -> list[str]:
    """Of tables with their bytes the smallest, as many as fit into `budget` bytes together: so most charts are quick."""
    chosen: list[str] = []
    left = budget
    for name, size in sorted(sizes.items(), key=lambda entry: (entry[1], entry[0])):
        if size > left:
            break
        chosen.append(name)
        left -= size
    return chosen


def bytes_in_memory(table: GoldTable, rows: int) -> int:
    """At most so many: columns are held compressed."""
    return rows * sum(_width(column.type) for column in table.columns)


def _width(kind: str) -> int:
    decimal = re.fullmatch(r"decimal\((\d+),\d+\)", kind)
    if decimal is not None:
        return _SHORT_DECIMAL if int(decimal[1]) <= _DIGITS_OF_SHORT_DECIMAL else _LONG_DECIMAL
    return _WIDTHS.get(kind, _OTHER)


def _hold(context: Context, table: str) -> bool:
    try:
        with step(context.emit, "warm", table):
            context.catalog.hold(context.spark, table)
    except PySparkException as error:
        context.catalog.let_go(context.spark, [table])
        message = f"the query server could not take it into memory: {str(error).strip().splitlines()[0][:300]}"
        problem(context.emit, "warning", "LH2130", table, message, "Charts on it are slower till the next publish. Give Spark more memory.")
        return False
    return True
