from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse_pipeline.intervals import Interval, batch_interval, batches_by_interval
from lakehouse_pipeline.landing.manifest import Drift, FileOrigin, Manifest, Origin, RangeOrigin

LANDED = date(2020, 5, 6)
YEAR = Interval(date(2013, 1, 1), date(2013, 12, 31))


def manifest(origin: Origin, sequence: int = 1) -> Manifest:
    landed = f"{LANDED}T07:08:09+00:00"
    return Manifest(f"orders-{sequence:06d}", "orders", sequence, "files", landed, origin, 1, 0, None, (), (), Drift())


def of_file(path: str, sequence: int = 1) -> Manifest:
    return manifest(FileOrigin(kind="file", path=path, size=1, modified="", sha256=""), sequence)


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("flights/flights-2013-02.csv.gz", "2013-02-01", "2013-02-28"),
        ("flights/flights-2013-03.late-2013-02.csv", "2013-02-01", "2013-03-31"),
        ("orders_20130131.csv", "2013-01-31", "2013-01-31"),
        ("orders/2012/02/part.csv", "2012-02-01", "2012-02-29"),
        ("orders/2012/02/29/part.csv", "2012-02-29", "2012-02-29"),
        ("20130101.20130105.csv", "2013-01-01", "2013-01-05"),
        # No dates: a number, a day that there never was, a month that there never was.
        ("order-1201301.csv", "2020-05-06", "2020-05-06"),
        ("orders-2013-02-30.csv", "2020-05-06", "2020-05-06"),
        ("orders-2013-13.csv", "2020-05-06", "2020-05-06"),
        ("orders.csv", "2020-05-06", "2020-05-06"),
    ],
)
def test_a_file_is_of_the_days_that_its_path_names_or_of_the_day_on_which_it_landed(path: str, first: str, last: str) -> None:
    assert batch_interval(of_file(path)) == Interval(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("from_", "to", "first", "last"),
    [
        ("2013-01-05T10:00:00", "2013-01-07T03:00:00", date(2013, 1, 5), date(2013, 1, 7)),
        (None, "2013-01-07T03:00:00Z", date.min, date(2013, 1, 7)),
        ("2013-01-07", "2013-01-07", date(2013, 1, 7), date(2013, 1, 7)),
        (5, 7, LANDED, LANDED),
        (None, None, LANDED, LANDED),
    ],
)
def test_an_extraction_is_of_the_days_that_its_watermarks_span(
    from_: str | int | None, to: str | int | None, first: date, last: date
) -> None:
    assert batch_interval(manifest(RangeOrigin(kind="range", from_=from_, to=to, fingerprint=""))) == Interval(first, last)


days = st.dates(date(2013, 1, 1), date(2013, 12, 31))


@given(st.lists(days, max_size=12), days, st.integers(0, 40), st.integers())
def test_batches_of_the_range_are_taken_once_in_the_order_of_days(named: list[date], first: date, length: int, seed: int) -> None:
    manifests = [of_file(f"orders-{day:%Y-%m-%d}.csv", number) for number, day in enumerate(named)]
    within = Interval(first, first + timedelta(days=length))
    batches = {entry.batch for entry in manifests}
    found = batches_by_interval(manifests, within, batches)
    taken = [batch for _, group in found for batch in group]
    assert sorted(taken) == [f"orders-{number:06d}" for number, day in enumerate(named) if within.first <= day <= within.last]
    assert [interval for interval, _ in found] == sorted({interval for interval, _ in found})
    random.Random(seed).shuffle(manifests)
    assert batches_by_interval(manifests, within, batches) == found


def test_batches_that_were_not_refined_are_left_out() -> None:
    manifests = [of_file("orders-2013-01.csv", 1), of_file("orders-2013-01.again.csv", 2)]
    assert batches_by_interval(manifests, YEAR, {"orders-000002"}) == [(Interval(date(2013, 1, 1), date(2013, 1, 31)), ("orders-000002",))]
