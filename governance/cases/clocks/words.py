"""What is left of a clock, in words that need no colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from governance.cases.clocks.calendars import NATION_TITLES, calendar_of
from governance.cases.clocks.keep import open_pause, pauses_of, span_of
from governance.cases.clocks.models import Clock
from governance.cases.clocks.timing import last_day
from governance.cases.models import Case
from governance.kernel import clock as kernel_clock

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Left:
    """How a clock stands: 'running', 'soon' (it was time to warn), 'overdue', 'paused', 'met' or 'missed', and in words."""

    state: str
    text: str
    note: str = ""


def left(running: Clock, now: datetime | None = None) -> Left:
    """How `running` stands at `now`."""
    now = now or kernel_clock.now()
    if running.stopped_at is not None:
        return _stopped(running)
    if (paused := open_pause(running)) is not None:
        kept = _amount(span_of(running).left(running.started_at, now, pauses_of(running, now)))
        return Left(
            "paused", f"Paused since {_day(kernel_clock.local_date(paused.paused_at))}, with {kept} left"
        )
    due = running.due_at
    if due is None:
        raise ValueError(f"clock {running.id} runs and is not due")
    if now >= due:
        return Left("overdue", _overdue(running, due, now), _note(running))
    state = "soon" if running.warn_at is not None and now >= running.warn_at else "running"
    return Left(state, _ahead(running, due, now), _note(running))


def reply_by(case: Case) -> date | None:
    """The last day, in London, on which the author's answer is waited for; None while that time stands still."""
    return last_day(case.due_at) if case.due_at is not None else None


def _ahead(running: Clock, due: datetime, now: datetime) -> str:
    amount = _amount(span_of(running).left(running.started_at, now, pauses_of(running, now)))
    if running.unit == "hours":
        return f"{amount} left, until {_moment(due)}"
    last = last_day(due)
    if last == kernel_clock.local_date(now):
        return f"Today is the last day, {_day(last)}"
    return f"{amount} left, until {_day(last)}"


def _overdue(running: Clock, due: datetime, now: datetime) -> str:
    over = span_of(running).over(due, now)
    since = _moment(due) if running.unit == "hours" else _day(last_day(due))
    if over == 0:  # the weekend after its last day
        return f"Overdue since {since}"
    return f"Overdue by {_amount(over)}, since {since}"


def _stopped(running: Clock) -> Left:
    if running.stopped_at is None or running.due_at is None or running.outcome is None:
        raise ValueError(f"clock {running.id} has not stopped")
    spent = span_of(running).spent(
        running.started_at, running.stopped_at, pauses_of(running, running.stopped_at)
    )
    took = _amount(spent) if running.unit == "hours" or spent else "less than a working day"
    if running.outcome == "met":
        return Left("met", f"In time: took {took}")
    return Left("missed", f"Late: took {took}, was due {_day(last_day(running.due_at))}")


def _amount(amount: timedelta | int) -> str:
    """Working days or hours, counted; of hours nothing is rounded up, and under one there are minutes."""
    if isinstance(amount, int):
        return "1 working day" if amount == 1 else f"{amount:,} working days"
    hours = amount // HOUR
    if hours >= 1:
        return "1 hour" if hours == 1 else f"{hours:,} hours"
    minutes = amount // timedelta(minutes=1)
    return "less than a minute" if minutes == 0 else "1 minute" if minutes == 1 else f"{minutes} minutes"


def _note(running: Clock) -> str:
    """What a reader must know of the calendar, where it matters."""
    if running.unit == "hours" or running.due_at is None:
        return ""
    known = calendar_of(running.nation)
    if last_day(running.due_at) <= known.known_until:
        return ""
    return (
        f"Bank holidays of {NATION_TITLES[running.nation]} are known until {known.known_until.year}; "
        "after that only weekends are left out."
    )


def _day(day: date) -> str:
    """A day as Thursday 26 November; with its year where that is not this one."""
    this_year = kernel_clock.local_date(kernel_clock.now()).year
    return f"{day:%A} {day.day} {day:%B}" + ("" if day.year == this_year else f" {day.year}")


def _moment(at: datetime) -> str:
    local = kernel_clock.local(at)
    hour = local.hour % 12 or 12
    return f"{_day(local.date())} at {hour}:{local:%M}{'am' if local.hour < 12 else 'pm'}"
