from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as f


def fleet_use(silver_flights: DataFrame, silver_planes: DataFrame) -> DataFrame:
    """What each plane flew in each month; flights without a tail number stand under `unknown`."""
    flown = f.col("air_time").isNotNull()
    months = (
        silver_flights.withColumn("tailnum", f.coalesce("tailnum", f.lit("unknown")))
        .groupBy("tailnum", "flight_month")
        .agg(
            f.count("*").alias("flights"),
            f.count("air_time").alias("flown"),
            f.coalesce(f.sum("air_time"), f.lit(0)).alias("air_time_minutes"),
            f.coalesce(f.sum(f.when(flown, f.col("distance"))), f.lit(0)).alias("distance_miles"),
        )
    )
    planes = silver_planes.select("tailnum", "manufacturer", "model", f.col("year").alias("year_built"), "seats")
    return months.join(planes, "tailnum", "left").select(
        "tailnum",
        "flight_month",
        f.coalesce("manufacturer", f.lit("unknown")).alias("manufacturer"),
        f.coalesce("model", f.lit("unknown")).alias("model"),
        "year_built",
        "seats",
        "flights",
        "flown",
        "air_time_minutes",
        "distance_miles",
    )
