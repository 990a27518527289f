from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession

from lakehouse_pipeline.affected_keys import key_predicate
from lakehouse_pipeline.answer import answer_rows

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "string": st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6),
    "bigint": st.integers(-(2**63), 2**63 - 1),
    "double": st.floats(allow_nan=False, allow_infinity=False),
    "date": st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    "timestamp": st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(timezone.utc)),
    "decimal(12,3)": st.decimals(-1000, 1000, places=3),
}


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that is not in UTC."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("far_away")
@pytest.mark.parametrize("kind", VALUES)
@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_predicate_selects_exactly_the_rows_with_one_of_the_keys(spark: SparkSession, kind: str, data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.one_of(st.none(), VALUES[kind]), min_size=1, max_size=12, unique=True))
    chosen = data.draw(st.lists(st.sampled_from(range(len(rows))), min_size=1, unique=True))
    frame = spark.createDataFrame([(index, value) for index, value in enumerate(rows)], f"id int, `a key` {kind}")
    keys = {(row[1],) for row in frame.selectExpr("id", "cast(`a key` as string)").collect() if row[0] in chosen}
    selected = frame.where(key_predicate(["a key"], [kind], keys))
    assert sorted(row[0] for row in selected.collect()) == sorted(chosen)


def test_keys_of_two_columns_are_matched_together(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(1, "a", 1), (2, "a", 2), (3, "b", 1), (4, None, 1)], "id int, x string, y bigint")
    predicate = key_predicate(["x", "y"], ["string", "bigint"], {("a", "2"), (None, "1")})
    assert sorted(row[0] for row in frame.where(predicate).collect()) == [2, 4]


@pytest.mark.usefixtures("far_away")
def test_answers_are_in_utc_wherever_the_machine_is(spark: SparkSession) -> None:
    rows = spark.sql("select timestamp'2013-07-01 12:00:00Z' as moment, date'2013-07-01' as `a day`, cast(1.5 as decimal(3,1)) as exact")
    assert answer_rows(rows) == [["2013-07-01 12:00:00", "2013-07-01", 1.5]]
