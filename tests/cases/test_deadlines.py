"""How long the author has."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.cases.deadlines import add_working_days, reply_by


@pytest.mark.parametrize(
    ("invited", "last_day"),
    [
        (datetime(2026, 3, 2, 9, tzinfo=UTC), date(2026, 3, 16)),  # a Monday
        (datetime(2026, 3, 6, 9, tzinfo=UTC), date(2026, 3, 20)),  # a Friday
        (datetime(2026, 3, 7, 9, tzinfo=UTC), date(2026, 3, 20)),  # a Saturday
        (datetime(2026, 6, 14, 23, 30, tzinfo=UTC), date(2026, 6, 29)),  # Sunday there, Monday in London
    ],
)
def test_ten_working_days(invited, last_day):
    assert reply_by(invited) == last_day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_weekends_do_not_count(start, days):
    end = add_working_days(start, days)
    counted = sum(
        date.fromordinal(day).weekday() < 5 for day in range(start.toordinal() + 1, end.toordinal() + 1)
    )
    assert counted == days
    assert days == 0 or end.weekday() < 5
