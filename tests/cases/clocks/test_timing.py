"""The arithmetic of clocks, over calendars, time zones, changes of the clocks, and pauses."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.cases.clocks.calendars import DIVISIONS, calendar_of
from governance.cases.clocks.timing import UNITS, Pause, Span, end_of, last_day
from governance.kernel import clock

SHORTEST = timedelta(microseconds=1)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
PLACES = ("UTC", "Europe/London", "Pacific/Auckland", "America/New_York", "Asia/Kathmandu")
ZONES = st.sampled_from(PLACES).map(ZoneInfo)


@st.composite
def spans(draw, unit=None):
    chosen = unit or draw(st.sampled_from(UNITS))
    most = 400 if chosen == "hours" else 60
    return Span(chosen, draw(st.integers(1, most)), calendar_of(draw(st.sampled_from(sorted(DIVISIONS)))))


@st.composite
def pauses_after(draw, start):
    """Up to four pauses after `start`, in their order; none overlaps another."""
    lengths = st.timedeltas(timedelta(), timedelta(days=12))
    made, at = [], start
    for _ in range(draw(st.integers(0, 4))):
        begun = at + draw(lengths)
        at = begun + draw(lengths)
        made.append(Pause(begun, at))
    return made


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (datetime(2026, 3, 2, 9, tzinfo=UTC), 10, "2026-03-16"),  # a Monday
        (datetime(2026, 3, 2, 9, tzinfo=UTC), 1, "2026-03-03"),
        (datetime(2026, 3, 6, 23, 59, tzinfo=UTC), 1, "2026-03-09"),  # Friday, late
        (datetime(2026, 6, 14, 23, 30, tzinfo=UTC), 10, "2026-06-29"),  # Sunday in UTC, Monday in London
        (datetime(2026, 12, 24, 9, tzinfo=UTC), 2, "2026-12-30"),
    ],
)
def test_working_days_end_with_their_last_day_in_london(start, days, last):
    span = Span("working_days", days, calendar_of("england"))
    due = span.due(start)
    assert last_day(due).isoformat() == last
    assert clock.local(due).strftime("%H:%M") == "00:00"


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 3, 28, 9, tzinfo=UTC),
        datetime(2026, 10, 24, 9, tzinfo=UTC),
        datetime(2026, 6, 1, tzinfo=UTC),
    ],
)
def test_seventy_two_hours_are_seventy_two_hours_when_the_clocks_change(start):
    assert Span("hours", 72, calendar_of("england")).due(start) - start == timedelta(hours=72)


@pytest.mark.parametrize("day", [(2026, 3, 29), (2026, 10, 25), (2026, 6, 1)])
def test_a_day_ends_at_midnight_in_london_whatever_its_length(day):
    start = clock.local(datetime(*day, 12, tzinfo=UTC)).date()
    assert clock.local(end_of(start)).strftime("%H:%M") == "00:00"
    assert last_day(end_of(start)) == start


@given(spans(), MOMENTS, ZONES)
def test_the_zone_in_which_the_start_is_told_makes_no_difference(span, start, zone):
    assert span.due(start.astimezone(zone)) == span.due(start)
    now = start + timedelta(days=3)
    assert span.left(start.astimezone(zone), now) == span.left(start, now.astimezone(zone))


@given(spans(), MOMENTS, st.timedeltas(timedelta(), timedelta(days=60)))
def test_left_and_spent_are_the_target_until_it_is_due(span, start, later):
    now, due = start + later, span.due(start)
    spent, left = span.spent(start, now), span.left(start, now)
    whole = span.length if span.unit == "working_days" else timedelta(hours=span.length)
    if now < due:
        assert spent + left == whole
        assert left > 0 * whole
        assert span.over(due, now) == 0 * whole
    else:
        assert left == 0 * whole
        assert spent >= whole


@given(spans(), st.data(), MOMENTS, st.timedeltas(timedelta(), timedelta(days=60)))
def test_nothing_is_negative_and_time_only_goes_on(span, data, start, later):
    pauses = data.draw(pauses_after(start))
    moments = [start - timedelta(hours=1), start, start + later / 2, start + later]
    spent = [span.spent(start, now, pauses) for now in moments]
    left = [span.left(start, now, pauses) for now in moments]
    nothing = 0 if span.unit == "working_days" else timedelta()
    assert min(spent) >= nothing
    assert min(left) >= nothing
    assert all(before <= after for before, after in pairwise(spent))
    assert all(before >= after for before, after in pairwise(left))


@given(spans(), st.data(), MOMENTS)
def test_a_clock_runs_out_exactly_when_its_target_is_spent(span, data, start):
    pauses = data.draw(pauses_after(start))
    due = span.due(start, pauses)
    whole = span.length if span.unit == "working_days" else timedelta(hours=span.length)
    assert span.spent(start, due, pauses) == whole
    assert span.spent(start, due - SHORTEST, pauses) < whole
    assert span.left(start, due, pauses) == 0 * whole


@given(spans("hours"), st.data(), MOMENTS)
def test_a_pause_of_running_hours_adds_exactly_what_was_paused(span, data, start):
    pauses = data.draw(pauses_after(start))
    due = span.due(start, pauses)
    counted = [pause for pause in pauses if pause.end <= due or pause.start < due]
    assert due == span.due(start) + sum((pause.length for pause in counted), timedelta())


@given(spans("working_days"), st.data(), MOMENTS)
def test_a_pause_of_working_days_adds_exactly_the_days_that_ended_in_it(span, data, start):
    pauses = data.draw(pauses_after(start))
    without, due = span.due(start), span.due(start, pauses)
    first, last = clock.local_date(start), last_day(due)
    days = [start.date().fromordinal(number) for number in range(first.toordinal() + 1, last.toordinal() + 1)]
    stood = [
        day
        for day in days
        if span.calendar.works(day) and any(one.start < end_of(day) <= one.end for one in pauses)
    ]
    assert span.calendar.between(last_day(without), last) == len(stood)


@given(spans(), MOMENTS, st.timedeltas(timedelta(), timedelta(days=20)))
def test_a_pause_that_is_over_at_once_changes_nothing(span, start, later):
    at = start + later
    assert span.due(start, [Pause(at, at)]) == span.due(start)


@given(spans(), st.data(), MOMENTS)
def test_the_warning_is_never_after_the_end(span, data, start):
    pauses = data.draw(pauses_after(start))
    warn = data.draw(st.integers(0, span.length))
    warned, due = span.warns(start, warn, pauses), span.due(start, pauses)
    assert start <= warned <= due
    assert (warn == 0) <= (warned == due)
