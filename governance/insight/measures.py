"""What each figure means, in the words that stand beside it, and how its usual variation is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

FLAGGED = ("medium", "high", "critical")
"""Severities at which a post is flagged: from medium on a manager looks (the labelling guideline's 'expected handling')."""

FEWEST_POINTS = 8  # periods before limits are drawn: fewer say too little about what is usual
ROUNDING = 1e-9
XMR = 2.66  # Wheeler's constant for limits from the mean moving range; NHS 'Making Data Count' uses the same

DEFINITIONS = {
    "posts": (
        "Published posts by the day they were posted, in London time, in ISO weeks. A post is flagged where the score of its "
        "latest version is medium or more; flagged means that somebody should look, not that anything was wrong."
    ),
    "good": "A post does good where its latest version serves at least one benefit, such as education or public trust.",
    "drafts": (
        "Drafts that were handed in for approval, by the day they were handed in. Asking first is never held against "
        "anybody: drafts open no case and are counted apart."
    ),
    "categories": (
        "Published posts whose latest version was flagged (medium or more) for a kind of concern. A post with two "
        "kinds counts in both, so the rows do not add up to the number of flagged posts."
    ),
    "benefits": "Published posts whose latest version serves a kind of good. A post that serves two counts in both.",
    "departments": (
        "Published posts by the department that their author is in today. A division is counted with every department "
        "below it. The share is flagged posts of all posts."
    ),
    "stages": (
        "Cases by where they stand today. Cases that a guardian looks after are not counted, "
        "so that nobody can be found by them."
    ),
    "time": (
        "Days from the day a case was opened to its decision, for cases that were decided, by the day of the decision. "
        "Half of them took the median or less; the interval holds the middle half."
    ),
}


@dataclass(frozen=True)
class Usual:
    """What is usual for a series: its mean, and the limits between which nearly all values fall by chance."""

    mean: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether `value` is within the limits, give or take what computing with fractions of two costs."""
        return self.low - ROUNDING <= value <= self.high + ROUNDING


def usual(values: Sequence[float], highest: float | None = None) -> Usual | None:
    """Natural process limits (XmR chart) of earlier values, kept between 0 and `highest`; None for too few values."""
    if len(values) < FEWEST_POINTS:
        return None
    mean = sum(values) / len(values)
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    reach = XMR * sum(ranges) / len(ranges)
    high = mean + reach if highest is None else min(highest, mean + reach)
    return Usual(mean, max(0.0, mean - reach), high)
