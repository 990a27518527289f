from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lakehouse_pipeline.ranges import day_ranges

days = st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), max_size=60)


@given(days=days, most=st.integers(1, 16))
def test_ranges_hold_all_days_and_are_few_and_apart(days: list[date], most: int) -> None:
    ranges = day_ranges(days, most)
    assert len(ranges) <= most
    assert all(any(low <= day <= high for low, high in ranges) for day in days)
    assert all(low in days and high in days and low <= high for low, high in ranges)
    assert all(before[1] + timedelta(days=1) < after[0] for before, after in pairwise(ranges))


@given(days=days)
def test_the_widest_gap_stays_out_where_two_ranges_are_allowed(days: list[date]) -> None:
    ordered = sorted(set(days))
    widest = max((after - before for before, after in pairwise(ordered)), default=timedelta(0))
    if widest > timedelta(days=1):
        first, second = day_ranges(days, 2)
        assert second[0] - first[1] == widest
