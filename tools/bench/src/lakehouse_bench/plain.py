"""What one would write by hand with PySpark: the same reads, casts, merges and aggregates, and nothing else.

No landing, no rules, no quarantine, no audit, no ledger. Run as `python -m lakehouse_bench.plain HOME`, with the
connections of the flights domain in the environment.
The models of gold are the domain's own, so that both sides compute the same.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sqlite3
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark.sql import functions as f

from lakehouse_pipeline.home import Home
from lakehouse_pipeline.session import embedded_session

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SILVER = {
    "airlines": "select carrier, name, try_cast(updated_at as timestamp) as updated_at from bronze_airlines",
    "airports": """
        select faa, name, try_cast(lat as double) as lat, try_cast(lon as double) as lon,
          try_cast(alt as bigint) as alt, try_cast(tz as bigint) as tz, dst, tzone,
          try_cast(updated_at as timestamp) as updated_at
        from bronze_airports""",
    "planes": """
        select upper(trim(tailnum)) as tailnum, try_cast(year as bigint) as year, type,
          case when manufacturer like 'AIRBUS%' then 'AIRBUS'
            when manufacturer like 'MCDONNELL DOUGLAS%' then 'MCDONNELL DOUGLAS'
            when manufacturer like 'CANADAIR%' then 'CANADAIR' else manufacturer end as manufacturer,
          model, try_cast(engines as bigint) as engines, try_cast(seats as bigint) as seats,
          try_cast(speed as bigint) as speed, engine, try_cast(updated_at as timestamp) as updated_at
        from bronze_planes""",
    "weather": """
        select origin, try_cast(time_hour as timestamp) as time_hour,
          cast(from_utc_timestamp(try_cast(time_hour as timestamp), 'America/New_York') as date) as observation_date,
          try_cast(temp as double) as temp, try_cast(dewp as double) as dewp, try_cast(humid as double) as humid,
          try_cast(wind_dir as bigint) as wind_dir, try_cast(wind_speed as double) as wind_speed,
          try_cast(wind_gust as double) as wind_gust, try_cast(precip as double) as precip,
          try_cast(pressure as double) as pressure, try_cast(visib as double) as visib
        from bronze_weather""",
    "flights": """
        select upper(trim(carrier)) as carrier, try_cast(flight as bigint) as flight, upper(trim(origin)) as origin,
          try_cast(time_hour as timestamp) as time_hour,
          try_cast(year || '-' || month || '-' || day as date) as flight_date,
          try_cast(year || '-' || month || '-1' as date) as flight_month, try_cast(hour as bigint) as hour,
          upper(trim(dest)) as dest, nullif(upper(trim(tailnum)), '') as tailnum,
          try_cast(sched_dep_time as bigint) as sched_dep_time, try_cast(dep_time as bigint) as dep_time,
          try_cast(dep_delay as bigint) as dep_delay, try_cast(sched_arr_time as bigint) as sched_arr_time,
          try_cast(arr_time as bigint) as arr_time, try_cast(arr_delay as bigint) as arr_delay,
          try_cast(air_time as bigint) as air_time, try_cast(distance as bigint) as distance
        from bronze_flights""",
}
KEYS = {
    "airlines": ["carrier"],
    "airports": ["faa"],
    "planes": ["tailnum"],
    "weather": ["origin", "time_hour"],
    "flights": ["carrier", "flight", "origin", "time_hour"],
}
GOLD = ["daily_carrier_punctuality", "airport_hours", "route_performance", "delay_weather", "fleet_use"]


def main(home: str) -> None:
    """Loads everything into `home`/warehouse."""
    files = _connection("flight_files").removeprefix("file://")
    database = _connection("operations_db").removeprefix("sqlite:///")
    spark = embedded_session(Home(Path(home)))
    warehouse = Path(home) / "warehouse"
    bronze = {
        "flights": spark.read.csv(f"{files}/flights", header=True, nullValue="NA"),
        "weather": spark.createDataFrame(_read_weather(_connection("weather_api"))),
        **{name: spark.createDataFrame(_read_table(database, name)) for name in ("airlines", "airports", "planes")},
    }
    for name, rows in bronze.items():
        location = str(warehouse / "bronze" / name)
        rows.write.format("delta").mode("append").save(location)
        spark.read.format("delta").load(location).createOrReplaceTempView(f"bronze_{name}")
    for name, sql in SILVER.items():
        _merge(spark, spark.sql(sql), str(warehouse / "silver" / name), KEYS[name])
        spark.read.format("delta").load(str(warehouse / "silver" / name)).createOrReplaceTempView(f"silver_{name}")
    for name in GOLD:
        _aggregate(spark, name).write.format("delta").mode("overwrite").save(str(warehouse / "gold" / name))
    spark.stop()


def _connection(name: str) -> str:
    return os.environ[f"LAKEHOUSE_CONNECTION_{name.upper()}"]


def _read_table(database: str, name: str) -> pa.Table:
    with sqlite3.connect(database) as connection:
        cursor = connection.execute(f"select * from {name}")
        columns = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
    return pa.table({column: [row[position] for row in rows] for position, column in enumerate(columns)})


def _read_weather(url: str) -> pa.Table:
    records: list[dict[str, object]] = []
    after = ""
    while True:
        with urllib.request.urlopen(f"{url}/observations?limit=1000{after}") as response:
            page = json.load(response)
        records += page["data"]
        if page["next"] is None:
            return pa.Table.from_pylist(records)
        after = f"&after={page['next']}"


def _merge(spark: SparkSession, rows: DataFrame, location: str, key: list[str]) -> None:
    spark.range(0).select(*[f.lit(None).cast(field.dataType).alias(field.name) for field in rows.schema]).write.format("delta").mode(
        "ignore"
    ).save(location)
    rows.dropDuplicates(key).createOrReplaceTempView("new_rows")
    same = " and ".join(f"target.{column} = source.{column}" for column in key)
    spark.sql(
        f"merge into delta.`{location}` target using new_rows source on {same}"
        " when matched then update set * when not matched then insert *"
    )


def _aggregate(spark: SparkSession, name: str) -> DataFrame:
    models = Path(__file__).parents[4] / "libs" / "domains" / "flights" / "models"
    sql = models / f"gold.{name}.sql"
    if sql.exists():
        return spark.sql(re.sub(r"\bsilver\.(\w+)", r"silver_\1", sql.read_text(encoding="utf-8")))
    specification = importlib.util.spec_from_file_location(name, models / f"gold.{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    model: DataFrame = getattr(module, name)(spark.table("silver_flights"), spark.table("silver_planes"))
    return model


if __name__ == "__main__":
    main(sys.argv[1])
