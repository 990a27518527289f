from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from pyspark.sql import DataFrame


@contextmanager
def pinned(rows: DataFrame) -> Iterator[DataFrame]:
    """Rows of the tables as they stand now, kept in memory or on local disk while the block runs, whatever is committed meanwhile.

    Over Spark Connect a frame is but a plan, which every action analyses anew, over the newest versions; a view's plan is analysed once.
    """
    spark = rows.sparkSession
    name = f"pinned_{uuid.uuid4().hex}"
    rows.createOrReplaceTempView(name)
    kept = spark.table(name).persist()
    try:
        yield kept
    finally:
        kept.unpersist()
        spark.catalog.dropTempView(name)
