"""The arithmetic of a clock: when it runs out, and how much of it is spent and left. Pure.

A clock counts running hours, or working days of a calendar in London. Hours are hours: a change of the clocks adds none
and takes none. A working day is spent once it has ended, and the day on which the clock began is not counted: one that
begins on a Monday with one working day runs out at the end of Tuesday. While a clock is paused nothing is spent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from governance.cases.clocks.calendars import Calendar
from governance.kernel import clock

UNITS = ("working_days", "hours")
LONGEST = 20_000
"""Days after its start in which a clock is looked for its end: more than fifty years."""


@dataclass(frozen=True)
class Pause:
    """A time in which nothing was spent, from `start` to `end`."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it was; never negative."""
        return max(self.end - self.start, timedelta())


@dataclass(frozen=True)
class Span:
    """How long a clock has: `length` (at least 1) of `unit`, on `calendar`."""

    unit: str
    length: int
    calendar: Calendar

    def due(self, start: datetime, pauses: Sequence[Pause] = ()) -> datetime:
        """When a clock that began at `start` runs out, in UTC. `pauses` are over, and in their order."""
        return self._after(self.length, start, pauses)

    def warns(self, start: datetime, warn: int, pauses: Sequence[Pause] = ()) -> datetime:
        """When no more than `warn` of it is left, never after it is due; at the earliest with the end of the first day."""
        if self.unit == "working_days" and warn >= self.length:
            return end_of(clock.local_date(start))
        return self._after(self.length - warn, start, pauses)

    def _after(self, length: int, start: datetime, pauses: Sequence[Pause]) -> datetime:
        """When `length` is spent."""
        if self.unit == "hours":
            end = start.astimezone(UTC) + timedelta(hours=length)
            for pause in pauses:
                if pause.start < end:
                    end += pause.length
            return end
        for number, ended in enumerate(self._ends(start, pauses), start=1):
            if number == length:
                return ended
        raise OverflowError(f"{length} working days do not end within {LONGEST} days")

    def spent(self, start: datetime, now: datetime, pauses: Sequence[Pause] = ()) -> timedelta | int:
        """Hours as a timedelta, or whole working days, from `start` to `now` without the pauses. Never negative."""
        if self.unit == "hours":
            kept = sum((_within(pause, start, now) for pause in pauses), timedelta())
            return max(now - start - kept, timedelta())
        count = 0
        for ended in self._ends(start, pauses):
            if ended > now:
                break
            count += 1
        return count

    def left(self, start: datetime, now: datetime, pauses: Sequence[Pause] = ()) -> timedelta | int:
        """What is left, in the same unit as `spent`; nothing once it has run out."""
        if self.unit == "hours":
            spent = self.spent(start, now, pauses)
            return max(timedelta(hours=self.length) - _hours(spent), timedelta())
        return max(self.length - _days(self.spent(start, now, pauses)), 0)

    def over(self, due: datetime, now: datetime) -> timedelta | int:
        """By how much it is late: hours as a timedelta, or working days begun since its last day."""
        if self.unit == "hours":
            return max(now - due, timedelta())
        return self.calendar.between(last_day(due), clock.local_date(now))

    def _ends(self, start: datetime, pauses: Sequence[Pause]) -> Iterator[datetime]:
        """The ends of the working days after the day of `start`, those that a pause covers left out."""
        first = clock.local_date(start).toordinal()
        for ordinal in range(first + 1, first + LONGEST):
            day = date.fromordinal(ordinal)
            if not self.calendar.works(day):
                continue
            ended = end_of(day)
            if not any(pause.start < ended <= pause.end for pause in pauses):
                yield ended


def end_of(day: date) -> datetime:
    """The midnight in London with which `day` ends, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), clock.LONDON).astimezone(UTC)


def last_day(due: datetime) -> date:
    """The last day, in London, before `due`: a clock that runs out at midnight has the day before for its last."""
    return clock.local_date(due - timedelta(microseconds=1))


def _within(pause: Pause, start: datetime, now: datetime) -> timedelta:
    return max(min(pause.end, now) - max(pause.start, start), timedelta())


def _hours(spent: timedelta | int) -> timedelta:
    return spent if isinstance(spent, timedelta) else timedelta(hours=spent)


def _days(spent: timedelta | int) -> int:
    return spent if isinstance(spent, int) else spent.days
