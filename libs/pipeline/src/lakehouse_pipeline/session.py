from __future__ import annotations

import os
from pathlib import Path

from pyspark.sql import SparkSession

from lakehouse_pipeline.home import Home
from lakehouse_pipeline.interruption import keeping_signals
from lakehouse_pipeline.problem import LakehouseError

# What decides how queries are answered, wherever they run.
QUERY_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    # The default of 50 partitions for a table's log dominates the time of small tables.
    "spark.databricks.delta.snapshotPartitions": "2",
    # Adaptive execution merges small shuffle partitions, so this is an upper bound.
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.adaptive.coalescePartitions.parallelismFirst": "false",
    "spark.sql.parquet.compression.codec": "zstd",
}
# What a Spark of our own must be started with beside them.
SHARED_SETTINGS = {
    "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
    "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
    **QUERY_SETTINGS,
}

# For work of seconds, compiling code that runs a few times costs more than it brings: half of the processor's time on two cores.
# With the optimising compiler off the JVM would halve its room for compiled code, which Spark and Delta fill.
_QUICK_COMPILER = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m"


def embedded_session(home: Home, brief: bool = False) -> SparkSession:
    """A local Spark with Delta: all cores, 1 GB of heap, bound to loopback, no user interface. `brief`: there is little to do.

    Environment: `LAKEHOUSE_JARS` is the folder of Delta's jars, `LAKEHOUSE_DRIVER_MEMORY` overrides the heap.
    """
    jars = os.environ.get("LAKEHOUSE_JARS")
    if not jars or not list(Path(jars).glob("delta-spark*.jar")):
        raise LakehouseError(
            "LH2101",
            "LAKEHOUSE_JARS",
            f"no Delta jars in {jars!r}.",
            "Start the program as ./lakehouse, which fetches them.",
        )
    home.scratch.mkdir(parents=True, exist_ok=True)
    builder = SparkSession.builder.master(os.environ.get("LAKEHOUSE_MASTER", "local[*]")).appName("lakehouse")
    settings = {
        **SHARED_SETTINGS,
        "spark.driver.memory": os.environ.get("LAKEHOUSE_DRIVER_MEMORY", "1g"),
        "spark.driver.extraClassPath": f"{jars}/*",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.local.dir": str(home.scratch),
        "spark.sql.warehouse.dir": str(home.scratch / "catalog"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.extraJavaOptions": f"-Dlakehouse.home={home.path} -XX:+UseParallelGC -Dlog4j2.configurationFile={log_settings()}"
        f" {_QUICK_COMPILER if brief else ''}"
        f" {os.environ.get('LAKEHOUSE_JAVA_OPTIONS', '')}",
        **extra_settings(),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    with keeping_signals():
        return builder.getOrCreate()


def log_settings() -> Path:
    return Path(__file__).with_name("log4j2.properties")


def extra_settings() -> dict[str, str]:
    """`LAKEHOUSE_SPARK_SETTINGS`: `name=value` pairs, one a line, for measurements and tuning."""
    lines = os.environ.get("LAKEHOUSE_SPARK_SETTINGS", "").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def jvm_process(spark: SparkSession) -> int:
    """The process id of the JVM that an embedded session started."""
    gateway = spark.sparkContext._gateway
    assert gateway is not None
    return int(gateway.proc.pid)
