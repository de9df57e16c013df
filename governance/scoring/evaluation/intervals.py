"""How sure a figure is: 95 % intervals.

A proportion has Wilson's interval (Wilson 1927), which is sound for small counts and near 0 and 1. F1 is no proportion, so it
has a percentile bootstrap (Efron 1979): the posts are drawn anew, with replacement, and the figure is taken each time. The
draws are seeded and shared by all figures of one set of posts: the same posts, the same interval.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence

Interval = tuple[float, float]

Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution: 95 % lies within so many standard errors on both sides."""
ROUNDS = 500
SEED = 7


def wilson(hits: int, of: int) -> Interval | None:
    """Wilson's 95 % interval of `hits` in `of` trials; None where nothing was tried."""
    if not of:
        return None
    share, spread = hits / of, Z * Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def f1_of(hits: int, alarms: int, misses: int) -> float | None:
    """The harmonic mean of precision and recall; None where nothing was said and nothing was there."""
    return 2 * hits / (2 * hits + alarms + misses) if hits + alarms + misses else None


class Resamples:
    """How often each of `posts` posts is drawn, in each of ROUNDS rounds."""

    def __init__(self, posts: int) -> None:
        dice, places = random.Random(SEED), range(posts)  # noqa: S311 - statistics, not secrets
        self._drawn: list[list[int]] = []
        for _ in range(ROUNDS if posts else 0):
            row = [0] * posts
            for _ in places:
                row[dice.choice(places)] += 1
            self._drawn.append(row)

    def f1(self, hits: Sequence[int], alarms: Sequence[int], misses: Sequence[int]) -> list[float | None]:
        """F1 in every round. Each sequence holds the places of the posts of that kind; a hit is right and said."""
        return [f1_of(_count(row, hits), _count(row, alarms), _count(row, misses)) for row in self._drawn]


def _count(row: Sequence[int], places: Iterable[int]) -> int:
    return sum(map(row.__getitem__, places))


def middle_95(values: Iterable[float | None]) -> Interval | None:
    """From the 2.5th to the 97.5th percentile of the rounds in which the figure could be taken; None without any."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    return known[int(len(known) * 0.025)], known[int(len(known) * 0.975)]
