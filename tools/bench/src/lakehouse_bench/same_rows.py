"""Whether two warehouses hold the same rows: count and an order-free sum of hashes of each table, read by Spark.

Run as `python -m lakehouse_bench.same_rows WAREHOUSE WAREHOUSE HOME`; prints what differs, one line a table.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lakehouse_bench.plain import GOLD, SILVER
from lakehouse_pipeline.home import Home
from lakehouse_pipeline.session import embedded_session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TABLES = [*(f"silver/{name}" for name in SILVER), *(f"gold/{name}" for name in GOLD)]


def main(one: str, other: str, home: str) -> None:
    spark = embedded_session(Home(Path(home)))
    for table in TABLES:
        columns = {where: set(spark.read.format("delta").load(f"{where}/{table}").columns) for where in (one, other)}
        common = sorted(columns[one] & columns[other])
        found = [(sorted(columns[where] - set(common)), *_fingerprint(spark, f"{where}/{table}", common)) for where in (one, other)]
        visible = [([name for name in extra if not name.startswith("_")], *rest) for extra, *rest in found]
        if visible[0] != visible[1]:
            sys.stdout.write(f"{table}: {visible[0]} and {visible[1]}\n")
    spark.stop()


def _fingerprint(spark: SparkSession, location: str, columns: list[str]) -> tuple[int, str]:
    hashed = f"sum(cast(xxhash64({', '.join(f'`{name}`' for name in columns)}) as decimal(38, 0)))"
    row = spark.sql(f"select count(*), cast({hashed} as string) from delta.`{location}`").collect()[0]
    return int(row[0]), str(row[1])


if __name__ == "__main__":
    main(*sys.argv[1:4])
