from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.insight import weeks
from governance.kernel import clock
from governance.kernel.errors import Invalid

NOW = datetime(2026, 11, 22, 14, tzinfo=UTC)


@given(st.dates(date(2001, 1, 1), date(2080, 1, 1)))
def test_week_has_the_iso_name_of_its_days(day):
    week = weeks.number(day)
    assert weeks.label(week) == clock.iso_week(day)
    assert weeks.read(weeks.label(week), "from") == week
    assert weeks.monday(week) <= day <= weeks.last_day(week)


@given(st.integers(0, 3000))
def test_longer_blocks_are_made_of_whole_shorter_ones(week):
    for shorter, longer in ((1, 4), (4, 12), (12, 48), (48, 960)):
        first = weeks.first_week(weeks.block(week, shorter), shorter)
        assert weeks.block(first, longer) == weeks.block(first + shorter - 1, longer)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-W54", "2026-W00", "W47-2026", "٢٠٢٦-W10", "2026-W10'--", "9999-W53"]
)
def test_what_is_no_week_is_refused_by_name(text):
    with pytest.raises(Invalid, match="is not a week") as caught:
        weeks.read(text, "to")
    assert caught.value.field == "to"


def test_horizon_begins_with_a_long_block_and_reaches_two_years_back():
    with clock.at(NOW):
        start = weeks.horizon()
        assert start % weeks.YEAR == 0
        assert weeks.HORIZON <= weeks.this_week() - start < weeks.HORIZON + weeks.YEAR


def test_sunday_night_in_june_is_already_monday_in_london():
    with clock.at(datetime(2026, 6, 14, 23, 30, tzinfo=UTC)):
        assert weeks.label(weeks.this_week()) == "2026-W25"


def test_block_is_written_as_people_write_days():
    with clock.at(NOW):
        assert weeks.block_words(weeks.number(date(2026, 11, 9)), 1) == "9 to 15 November 2026"
        assert weeks.block_words(weeks.number(date(2025, 12, 29)), 1) == "29 December 2025 to 4 January 2026"
        assert weeks.block_words(weeks.number(date(2026, 11, 16)), 1) == "16 to 22 November 2026"
        assert weeks.over(weeks.number(date(2026, 11, 9)), 1)
        assert not weeks.over(weeks.number(date(2026, 11, 16)), 1)
