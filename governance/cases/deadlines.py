"""How long the author has to answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from governance.kernel import clock

REPLY_WORKING_DAYS = 10
"""Working days that the author has to answer. Our own figure, after no verified source: check local policy."""


def reply_by(invited_at: datetime) -> date:
    """The last day, in London, on which the author's answer is waited for.

    Monday to Friday count, bank holidays among them: where one falls inside, the decider may wait longer (check
    local policy).
    """
    return add_working_days(clock.local_date(invited_at), REPLY_WORKING_DAYS)


def add_working_days(start: date, days: int) -> date:
    """The day that is `days` (at least 0) days from Monday to Friday after `start`."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days -= 1
    return day
