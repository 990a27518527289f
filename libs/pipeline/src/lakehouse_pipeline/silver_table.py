"""The Delta tables behind a silver table: its schema, its quarantine, and what its newest commit says of it."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import SparkSession

from lakehouse_pipeline.delta import anonymous_command, exists, state
from lakehouse_pipeline.schema.plan import GoldTable, OpsTable, SilverTable
from lakehouse_pipeline.warehouse import column_identifier, sql_identifier, string_literal

ROLLBACK_HOURS = 168

# Rollback window = deleted-file retention = log retention.
PROPERTIES = {
    "delta.logRetentionDuration": f"interval {ROLLBACK_HOURS} hours",
    "delta.deletedFileRetentionDuration": f"interval {ROLLBACK_HOURS} hours",
}
CHANGE_FEED = {"delta.enableChangeDataFeed": "true"}

QUARANTINE_COLUMNS = (
    "_batch_id string, _source_file string, _source_row bigint, status string, rules array<string>, reason string, payload string,"
    " mended boolean, run string, quarantined_at timestamp, resolved_at timestamp"
)


@dataclass(frozen=True)
class SilverState:
    """`epoch` counts the rebuilds of a silver table; `rebuild` says why the next work must be one."""

    epoch: int
    rebuild: str | None


def silver_state(table: SilverTable, location: str) -> SilverState:
    """How the table stands to its plan, read from its log."""
    if not exists(location):
        return SilverState(1, "the table is new")
    recorded = state(location)
    epoch = recorded.get("epoch")
    if not isinstance(epoch, int):
        return SilverState(1, "the table is empty")
    if recorded.get("fingerprint") != table.fingerprint:
        return SilverState(epoch + 1, "the contract or the model changed")
    return SilverState(epoch, None)


def silver_columns(table: SilverTable) -> str:
    """The columns as DDL: the contract's, then where the row came from."""
    return f"{contract_columns(table)}, _batch_id string, _source_row bigint"


def contract_columns(table: SilverTable | GoldTable | OpsTable) -> str:
    """The contract's columns as DDL, with their descriptions."""
    return ", ".join(
        f"{column_identifier(column.name)} {column.type}{f' comment {string_literal(column.description)}' if column.description else ''}"
        for column in table.columns
    )


def create_table(
    spark: SparkSession,
    location: str,
    columns: str,
    properties: dict[str, str],
    partitioned_by: list[str] | None = None,
) -> None:
    """Creates an empty Delta table where none is."""
    if exists(location):
        return
    pairs = ", ".join(f"'{name}' = '{value}'" for name, value in {**PROPERTIES, **properties}.items())
    partitions = f" partitioned by ({', '.join(column_identifier(name) for name in partitioned_by)})" if partitioned_by else ""
    with anonymous_command():
        spark.sql(f"create table if not exists {sql_identifier(location)} ({columns}) using delta{partitions} tblproperties ({pairs})")
