"""The names of the rows that are being released from quarantine, kept until they are marked there.

After a crash between silver's commit and the marks nothing else tells them from the rows that stay.
"""

from __future__ import annotations

from pyspark.sql import DataFrame

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.project import ROW_ID
from lakehouse_pipeline.quarantine import quarantine_location
from lakehouse_pipeline.schema.plan import SilverTable


def keep_released(context: Context, table: SilverTable, names: DataFrame) -> None:
    """Puts the `ROW_ID` of rows that are about to be merged in the place of those of an earlier release."""
    names.select(*ROW_ID).write.format("delta").mode("overwrite").save(_location(context, table))


def released_rows(context: Context, table: SilverTable) -> DataFrame:
    """The `ROW_ID` of the rows that were last about to be merged."""
    return context.spark.read.format("delta").load(_location(context, table))


def _location(context: Context, table: SilverTable) -> str:
    # Delta's vacuum of a table passes over folders in it whose names begin so.
    return f"{quarantine_location(context, table)}/_released"
