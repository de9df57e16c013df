"""Weeks as numbers, and the blocks of weeks that figures are counted in.

Week 0 begins on Monday 3 January 2000; a week is an ISO week of London calendar days. Blocks are 1, 4, 12 or 48 weeks
long, or hold the whole time, and always begin at the same weeks, so that each longer one is made of whole shorter
ones, whoever asks and when.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from governance.kernel import clock
from governance.kernel.errors import Invalid

FIRST_MONDAY = date(2000, 1, 3)
YEAR = 48  # weeks: four blocks of twelve
WHOLE = 960  # weeks: longer than trends look back (the next such block begins in October 2036)
UNITS = (1, 4, 12, YEAR, WHOLE)
UNIT_WORDS = {1: "week", 4: "four weeks", 12: "twelve weeks", YEAR: "48 weeks", WHOLE: "whole time"}
HORIZON = 104  # weeks that trends look back
_FORM = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


def number(day: date) -> int:
    """The number of the week that `day` is in."""
    return (day - FIRST_MONDAY).days // 7


def monday(week: int) -> date:
    """The first day of week `week`."""
    return FIRST_MONDAY + timedelta(weeks=week)


def last_day(week: int) -> date:
    """The Sunday of week `week`."""
    return monday(week) + timedelta(days=6)


def label(week: int) -> str:
    """The ISO name of a week, as 2026-W47."""
    return clock.iso_week(monday(week))


def read(text: str, field: str) -> int:
    """The number of the week named as 2026-W47. Raises Invalid, naming `field`."""
    found = _FORM.fullmatch(text.strip())
    try:
        if found:
            return number(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    except ValueError:
        pass
    raise Invalid(
        f"'{text[:20]}' is not a week. Write year and week, for example {label(this_week())}.", field
    )


def this_week() -> int:
    """The number of the present week in London."""
    return number(clock.local_date(clock.now()))


def block(week: int, unit: int) -> int:
    """The number of the block of `unit` weeks that `week` is in."""
    return week // unit


def first_week(block_number: int, unit: int) -> int:
    """The first week of a block."""
    return block_number * unit


def horizon() -> int:
    """The first week that trends read: the start of the 48-week block in which it was `HORIZON` weeks ago."""
    return first_week(block(this_week() - HORIZON, YEAR), YEAR)


def days(first: date, last: date) -> str:
    """Two days as people write them: 2 to 29 March 2026."""
    start = str(first.day)
    if (first.month, first.year) != (last.month, last.year):
        start += f" {first:%B}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"{start} to {last.day} {last:%B %Y}"


def block_words(block_number: int, unit: int) -> str:
    """The days of a block, as 2 to 29 March 2026; those of a block that is not over end today."""
    first, last = extent(block_number, unit)
    return days(first, last)


def extent(block_number: int, unit: int) -> tuple[date, date]:
    """The first and last day of a block, as far as trends look back and until today."""
    start = first_week(block_number, unit)
    today = clock.local_date(clock.now())
    return monday(max(start, horizon())), min(last_day(start + unit - 1), today)


def over(block_number: int, unit: int) -> bool:
    """Whether the block's last week has ended."""
    return first_week(block_number + 1, unit) <= this_week()
