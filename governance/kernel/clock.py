"""The time, as one function that tests and the demo seed can set.

Times are UTC in the database and Europe/London on pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment in UTC, or the one that `at` has set."""
    return _set.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `now` answer `moment` (which must carry a time zone) inside the block."""
    if moment.tzinfo is None:
        raise ValueError("a set clock needs a time zone")
    token = _set.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set.reset(token)


def local(moment: datetime) -> datetime:
    """`moment` as people in the United Kingdom read it."""
    return moment.astimezone(LONDON)


def local_date(moment: datetime) -> date:
    """The calendar day in London: Sunday 23:30 UTC in June is Monday there."""
    return local(moment).date()


def iso_week(day: date) -> str:
    """The ISO week of a London calendar day, as 2026-W47; it sorts as text."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"
