from datetime import UTC, date, datetime, timedelta

import pytest

from governance.kernel import clock


def test_now_is_in_utc_and_moves():
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.now().utcoffset() == timedelta(0)


def test_a_set_clock_stands_and_is_put_back():
    moment = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    with clock.at(moment):
        assert clock.now() == moment
        with clock.at(moment + timedelta(days=1)):
            assert clock.now() == moment + timedelta(days=1)
        assert clock.now() == moment
    assert clock.now() > datetime(2026, 3, 2, tzinfo=UTC)


def test_a_set_clock_needs_a_zone():
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 3, 1)):  # noqa: DTZ001
        pass


@pytest.mark.parametrize(
    ("moment", "day", "week"),
    [
        (
            datetime(2026, 6, 7, 23, 30, tzinfo=UTC),
            date(2026, 6, 8),
            "2026-W24",
        ),  # a Sunday; Monday in London
        (datetime(2026, 6, 7, 22, 30, tzinfo=UTC), date(2026, 6, 7), "2026-W23"),
        (datetime(2026, 1, 4, 23, 30, tzinfo=UTC), date(2026, 1, 4), "2026-W01"),  # winter: the same day
        (
            datetime(2027, 1, 1, 12, 0, tzinfo=UTC),
            date(2027, 1, 1),
            "2026-W53",
        ),  # a week belongs to its Thursday
    ],
)
def test_days_and_weeks_are_those_of_london(moment, day, week):
    assert clock.local_date(moment) == day
    assert clock.iso_week(day) == week
