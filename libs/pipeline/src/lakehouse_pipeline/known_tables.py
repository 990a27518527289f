from __future__ import annotations

from collections.abc import Collection

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import exists
from lakehouse_pipeline.record import OPS_TABLES
from lakehouse_pipeline.warehouse import quarantine_of


def table_names(context: Context) -> list[str]:
    """All tables that the plan gives rise to, whether they exist yet or not."""
    names = [source.table for source in context.plan.sources]
    for table in context.plan.tables:
        names += [table.name, *([quarantine_of(table.name)] if table.layer == "silver" else [])]
    return [*names, *OPS_TABLES]


def enter_tables(context: Context, names: Collection[str]) -> list[str]:
    """Makes those of the tables that exist known to the catalog, and returns which it did not know. Starts no Spark where it knows all."""
    unknown = context.catalog.unknown({name: context.warehouse.location(name) for name in names})
    there = {name: location for name, location in unknown.items() if exists(location)}
    if there:
        context.catalog.enter(context.spark, there)
    return list(there)
