from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse_pipeline.landing.timestamps import earlier, parse_timestamp

moments = st.datetimes(datetime(1000, 1, 1), datetime(9000, 1, 1))
forms = st.sampled_from(
    ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d %H:%M:%S.%f+00:00", "%Y-%m-%dT%H:%M:%S-0000"]
)


@given(moments, forms, st.integers(0, 10**8))
def test_an_earlier_moment_keeps_the_form(moment: datetime, form: str, seconds: int) -> None:
    assert earlier(moment.strftime(form), seconds) == (moment - timedelta(seconds=seconds)).strftime(form)


@given(moments, st.integers(-14 * 60, 14 * 60))
def test_iso_text_is_read_as_utc(moment: datetime, minutes: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert parse_timestamp(aware.isoformat()) == aware
    assert parse_timestamp(moment.isoformat(" ")) == moment.replace(tzinfo=timezone.utc)


@pytest.mark.parametrize("text", ["", "2013", "2013-13-01", "2013-01-01T25:00", "2013-01-01 00:00:00 UTC", "2013-01-01T", "٢٠١٣-01-01"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_timestamp(text)


def test_a_date_stays_a_date() -> None:
    assert earlier("2013-01-02", 86_400) == "2013-01-01"
