"""Working days: never a weekend, never a bank holiday of the nation, and always forward."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.cases.clocks.calendars import DIVISIONS, NATION_TITLES, calendar_of

NATIONS = st.sampled_from(sorted(DIVISIONS))
DAYS = st.dates(date(2012, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("nation", "start", "days", "end"),
    [
        ("england", date(2026, 3, 2), 10, date(2026, 3, 16)),
        ("england", date(2026, 3, 7), 10, date(2026, 3, 20)),  # from a Saturday
        ("england", date(2026, 4, 2), 1, date(2026, 4, 7)),  # Good Friday, weekend, Easter Monday
        ("scotland", date(2026, 4, 2), 1, date(2026, 4, 6)),  # Easter Monday is no holiday there
        ("northern_ireland", date(2026, 7, 10), 1, date(2026, 7, 14)),  # the Battle of the Boyne
        ("wales", date(2026, 7, 10), 1, date(2026, 7, 13)),
        ("scotland", date(2026, 11, 27), 1, date(2026, 12, 1)),  # St Andrew's Day
        ("england", date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day, a Saturday, on Monday
    ],
)
def test_each_nation_keeps_its_own_holidays(nation, start, days, end):
    assert calendar_of(nation).add(start, days) == end


def test_every_nation_has_a_title_and_a_list():
    assert set(NATION_TITLES) == set(DIVISIONS)
    for nation in DIVISIONS:
        assert date(2026, 12, 25) in calendar_of(nation).holidays


def test_after_the_last_known_year_weekends_alone_are_left_out():
    known = calendar_of("england").known_until
    assert (known.month, known.day) == (12, 31)
    christmas = next(
        date(year, 12, 25)
        for year in range(known.year + 1, known.year + 9)
        if date(year, 12, 25).weekday() < 5
    )
    assert calendar_of("england").works(christmas)


@given(NATIONS, DAYS, st.integers(1, 300))
def test_the_end_is_a_working_day_and_the_days_are_counted(nation, start, days):
    calendar = calendar_of(nation)
    end = calendar.add(start, days)
    assert end.weekday() < 5
    assert end not in calendar.holidays
    assert calendar.between(start, end) == days


@given(NATIONS, DAYS, st.integers(0, 200), st.integers(0, 200))
def test_adding_in_two_steps_is_adding_at_once(nation, start, first, second):
    calendar = calendar_of(nation)
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)


@given(NATIONS, DAYS, DAYS, st.integers(0, 100), st.integers(0, 100))
def test_more_days_and_later_starts_never_end_sooner(nation, one, other, few, many):
    calendar, (early, late), (less, more) = calendar_of(nation), sorted((one, other)), sorted((few, many))
    assert calendar.add(early, less) <= calendar.add(early, more)
    assert calendar.add(early, less) <= calendar.add(late, less)
    assert (calendar.add(early, less) < calendar.add(early, more)) == (less < more)


def test_days_are_never_taken_away():
    with pytest.raises(ValueError, match="never taken away"):
        calendar_of("england").add(date(2026, 3, 2), -1)
