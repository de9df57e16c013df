"""When everything happened: acts in the order of their times, each played with the clock set to it."""

from __future__ import annotations

import hashlib
import heapq
import itertools
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from governance.kernel import clock

Act = Callable[[], None]

SOON = timedelta(minutes=45)


class Timetable:
    """Acts by time. What is planned for the past of the last act, or for the future, happens as near to it as can be."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.played = 0
        self._last = now - timedelta(days=10_000)
        self._acts: list[tuple[datetime, int, Act]] = []
        self._numbers = itertools.count()

    def __len__(self) -> int:
        return len(self._acts)

    def plan(self, moment: datetime, act: Act) -> None:
        """Have `act` played at `moment`, after everything planned for the same moment before."""
        moment = min(max(moment, self._last), self.now)
        heapq.heappush(self._acts, (moment, next(self._numbers), act))

    def play(self) -> Iterator[datetime]:
        """Play everything, also what acts plan meanwhile; gives the time of each when it is done."""
        while self._acts:
            self._last, _, act = heapq.heappop(self._acts)
            with clock.at(self._last):
                act()
            self.played += 1
            yield self._last

    def on(self, days_ago: int, time: str) -> datetime:
        """The moment `time` (HH:MM in London), `days_ago` days before today; of today, as much as has passed of it."""
        today = clock.local_date(self.now)
        hours, minutes = (int(part) for part in time.split(":"))
        local = datetime.combine(today - timedelta(days=days_ago), datetime.min.time(), clock.LONDON)
        moment = local.replace(hour=hours, minute=minutes)
        if days_ago > 0:
            return moment
        # The whole day's posts are told by the hour of seeding: shrunk into what has passed, in their order.
        return local + (moment - local) * ((self.now - local) / timedelta(days=1))

    def later(self, before: datetime, days: int, salt: str) -> datetime:
        """`days` days after `before`, in working hours that differ from `salt` to `salt`; always after `before`."""
        if days <= 0:
            return before + SOON
        day = clock.local(before).date() + timedelta(days=days)
        minute = 8 * 60 + 20 + draw(salt, 9 * 60)
        return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=clock.LONDON)


def draw(salt: str, below: int) -> int:
    """A number from 0 to `below` - 1 that is always the same for the same `salt`."""
    return int.from_bytes(hashlib.sha256(salt.encode()).digest()[:4], "big") % below
