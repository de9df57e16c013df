"""Working days of the four nations: Monday to Friday without bank holidays, from GOV.UK's list as the package carries it.

Nothing is fetched. The list ends with a year (`known_until`); after it weekends alone are left out, and pages say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

DIVISIONS: Mapping[str, str] = {
    "england": "england-and-wales",
    "wales": "england-and-wales",
    "scotland": "scotland",
    "northern_ireland": "northern-ireland",
}
"""The nations, and the list of https://www.gov.uk/bank-holidays that holds for each."""

NATION_TITLES = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern_ireland": "Northern Ireland",
}


@dataclass(frozen=True)
class Calendar:
    """The days on which an organisation works. `known_until` is the last day of the last year whose holidays are known."""

    nation: str
    holidays: frozenset[date]
    known_until: date

    def works(self, day: date) -> bool:
        """Whether `day` is a working day."""
        return day.weekday() < 5 and day not in self.holidays

    def add(self, start: date, days: int) -> date:
        """The `days`-th working day after `start`; `start` itself for 0. ValueError for less."""
        if days < 0:
            raise ValueError("working days are added, never taken away")
        day = start
        while days > 0:
            day += timedelta(days=1)
            days -= self.works(day)
        return day

    def between(self, first: date, last: date) -> int:
        """The working days after `first` up to and with `last`; 0 where `last` is not after `first`."""
        span = range(first.toordinal() + 1, last.toordinal() + 1)
        return sum(self.works(date.fromordinal(day)) for day in span)


@cache
def calendar_of(nation: str) -> Calendar:
    """The calendar of one of DIVISIONS. KeyError for any other."""
    # Imported here: the package loads an HTTP client, which nothing of ours uses, and the command line starts without it.
    from govuk_bank_holidays.bank_holidays import BankHolidays

    known = BankHolidays(use_cached_holidays=True).get_holidays(division=DIVISIONS[nation])
    days = frozenset(one["date"] for one in known)
    return Calendar(nation, days, date(max(days).year, 12, 31))
