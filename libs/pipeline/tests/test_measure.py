from __future__ import annotations

from datetime import datetime, timezone

import pytest
from pyspark.sql import SparkSession
from small_plan import check

from lakehouse_pipeline.measure import Measured, table_measures
from lakehouse_pipeline.schema.plan import Check


def test_an_age_is_told_in_the_unit_of_its_check(spark: SparkSession) -> None:
    seconds = {"d": 86_400, "h": 3600, "min": 60}
    checks = [
        Check.model_validate(
            check(unit, {"kind": "age", "column": "at", "unitSeconds": length}, {"operator": "lessOrEqual", "value": 2}, unit=unit)
        )
        for unit, length in seconds.items()
    ]
    rows = "(select explode(array(timestamp'2013-12-30 12:00:00', timestamp'2013-12-31 12:00:00')) as at)"
    as_of = datetime(2014, 1, 2, tzinfo=timezone.utc)
    measured = table_measures(spark, checks, rows, lambda name: name, as_of)
    assert {unit: found.value for unit, found in measured.items()} == {"d": pytest.approx(1.5), "h": 36, "min": 36 * 60}
    nothing = table_measures(spark, checks, "(select cast(null as timestamp) as at)", lambda name: name, as_of)
    assert set(nothing.values()) == {Measured(None)}
