"""Did things begin to happen to somebody after they spoke up, and by whom? Arithmetic that a guardian can follow.

Two spans of the same length are compared: from the day the concern was raised until now (a year at most), and just as long
before it. It counts what people did about the person who raised the concern; it proves nothing of why they did it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import comb

WINDOW = timedelta(days=365)
"""How long after a concern things are looked at. Our own figure: check local policy."""
FEWEST = 5
"""With fewer things than this in both spans together no chance is worked out: it would tell nothing."""

TOUCHED = "touched"
UNDER_TOUCHED = "under_touched"
OTHERS = "others"
NOBODY = "nobody"
RELATIONS = (TOUCHED, UNDER_TOUCHED, OTHERS, NOBODY)


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing done about the person: when, what (`kind`), by whom (None: the check of a post), and where to read of it."""

    at: datetime
    kind: str
    by_id: int | None
    case_reference: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many things one group did in each of the two spans."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two spans side by side. `chance` is for the people touched and those under them, from 0 to 1; None where too few.

    `chance` answers: had each of their acts been as likely to fall before as after, how likely is it that so many or
    more fell after? (A one-sided exact sign test.)
    """

    since: datetime
    until: datetime
    start: datetime
    by_relation: dict[str, Counted]
    after: tuple[tuple[Happening, str], ...]
    chance: float | None

    @property
    def by_touched(self) -> Counted:
        """The people whom the concern touches, with those who answer to them."""
        rows = [self.by_relation[relation] for relation in (TOUCHED, UNDER_TOUCHED)]
        return Counted(sum(row.before for row in rows), sum(row.after for row in rows))


def compare(
    happenings: Iterable[Happening],
    *,
    raised_at: datetime,
    now: datetime,
    touched: Collection[int],
    under_touched: Collection[int],
) -> Comparison:
    """Compare what was done before and after `raised_at`.

    Spans are half-open: what happened at the very moment of raising counts as after. What the score alone began has no
    person behind it and is counted apart, as nobody's.
    """
    until = min(now, raised_at + WINDOW)
    start = raised_at - max(until - raised_at, timedelta(0))
    counts = {relation: [0, 0] for relation in RELATIONS}
    after = []
    for one in sorted(happenings, key=lambda one: one.at):
        relation = _relation(one.by_id, touched, under_touched)
        if start <= one.at < raised_at:
            counts[relation][0] += 1
        elif raised_at <= one.at < until:
            counts[relation][1] += 1
            after.append((one, relation))
    by_relation = {relation: Counted(*pair) for relation, pair in counts.items()}
    made = Comparison(raised_at, until, start, by_relation, tuple(after), None)
    total = made.by_touched
    return Comparison(
        raised_at, until, start, by_relation, tuple(after), chance_of(total.before, total.after)
    )


def chance_of(before: int, after: int) -> float | None:
    """P(X >= after) where X is binomial with `before + after` trials and p = 1/2; None with fewer than FEWEST."""
    total = before + after
    if total < FEWEST:
        return None
    return float(sum(comb(total, k) for k in range(after, total + 1)) / 2**total)


def _relation(by_id: int | None, touched: Collection[int], under_touched: Collection[int]) -> str:
    if by_id is None:
        return NOBODY
    if by_id in touched:
        return TOUCHED
    return UNDER_TOUCHED if by_id in under_touched else OTHERS
