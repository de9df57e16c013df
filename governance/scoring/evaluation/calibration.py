"""Does a score mean what it says: of the posts given 70 %, are seven in ten flagged by people as well?

Of a whole post, the probability of being flagged is held against the posts of true severity medium or more.

Of categories, a pair is one post with one category; a category that the engine does not name has said 0. A pair is 'seen'
where the category is among the labels and, where severities are known, the post is of medium severity or more: that is what
the score promises.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from governance.guidance.rulebook import RANK
from governance.scoring.evaluation.intervals import wilson
from governance.scoring.evaluation.labelled import Judged

BINS = 10


@dataclass(frozen=True, slots=True)
class Claim:
    """One post, or one pair: the probability that was said (0 to 1), and whether it was seen."""

    said: float
    seen: bool


def post_claims(posts: Iterable[Judged]) -> list[Claim]:
    """Every post whose severity people gave, with the probability that it is flagged."""
    return [
        Claim(post.said.flagged, RANK[post.truth.severity] >= RANK["medium"])
        for post in posts
        if post.truth.severity is not None
    ]


def pair_claims(posts: Iterable[Judged], categories: Sequence[str]) -> list[Claim]:
    """Every pair of a post and a category."""
    pairs = []
    for post in posts:
        severity = post.truth.severity
        counts = severity is None or RANK[severity] >= RANK["medium"]
        for name in categories:
            seen = counts and name in post.truth.categories
            pairs.append(Claim(post.said.scores.get(name, 0) / 100, seen))
    return pairs


def calibration(pairs: Sequence[Claim]) -> dict[str, Any]:
    """The curve in ten bins, the expected calibration error and the Brier score (0 is best for both).

    The errors are given over all pairs, and over those with a score above 0: nearly all pairs are rightly at 0, and would hide
    a poor curve. An expected calibration error is the mean distance of said and seen, weighted by the pairs of a bin.
    """
    spoken = [pair for pair in pairs if pair.said > 0]
    return {
        "pairs": len(pairs),
        "spoken": len(spoken),
        "ece": _expected_error(_bins(pairs)),
        "ece_spoken": _expected_error(_bins(spoken)),
        "brier": _brier(pairs),
        "brier_spoken": _brier(spoken),
        "bins": _bins(pairs),
    }


def _bins(pairs: Iterable[Claim]) -> list[dict[str, Any]]:
    held: list[list[Claim]] = [[] for _ in range(BINS)]
    for pair in pairs:
        # A score is a whole number of hundredths; rounding keeps 0.29 * 100 from becoming 28.999.
        held[min(round(pair.said * 100) * BINS // 100, BINS - 1)].append(pair)
    curve = []
    for number, inside in enumerate(held):
        seen = sum(pair.seen for pair in inside)
        curve.append({
            "from": number * 100 // BINS,
            "to": 100 if number == BINS - 1 else (number + 1) * 100 // BINS - 1,
            "pairs": len(inside),
            "said": sum(pair.said for pair in inside) / len(inside) if inside else None,
            "seen": seen / len(inside) if inside else None,
            "seen_95": wilson(seen, len(inside)),
        })  # fmt: skip
    return curve


def _expected_error(curve: Sequence[dict[str, Any]]) -> float | None:
    total = sum(one["pairs"] for one in curve)
    apart = sum(one["pairs"] * abs(one["said"] - one["seen"]) for one in curve if one["pairs"])
    return float(apart / total) if total else None


def _brier(pairs: Sequence[Claim]) -> float | None:
    return fmean((pair.said - pair.seen) ** 2 for pair in pairs) if pairs else None
