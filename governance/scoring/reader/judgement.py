"""From log-odds to a judgement: calibrated probabilities, the severity that costs least, and the labels said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from types import MappingProxyType

from governance.guidance.rulebook import SEVERITIES
from governance.scoring.reader.model import Reading

# What it costs to say the column where a fair reviewer would say the row, counted in medium posts left unseen. Chosen on the
# tune split, where the F1 of 'seen or not' hardly moves between 1.5 and 2.3 for a wasted review: 2.3 spares harmless posts.
COST: Mapping[str, tuple[float, float, float, float, float]] = MappingProxyType(
    {
        #            none  low  medium high critical
        "none": (0.0, 0.7, 2.3, 3.8, 5.2),
        "low": (0.4, 0.0, 1.2, 2.4, 3.6),
        "medium": (1.1, 0.8, 0.0, 0.6, 1.2),
        "high": (2.5, 2.0, 0.8, 0.0, 0.6),
        "critical": (6.0, 5.0, 2.5, 0.6, 0.0),
    }
)
_COST_OF_SAYING = tuple(zip(*(COST[true] for true in SEVERITIES), strict=True))
# A coaching message must be able to name its reason: 'low' is not said where no category is at least so likely.
FEWEST_REASON = 0.25
# Between these probabilities of being flagged, two careful readers may well differ.
UNSURE = (0.35, 0.65)


@dataclass(frozen=True, slots=True)
class CategoryJudged:
    """One category: the probability that a reviewer would flag it at medium or more, and the severity it is given."""

    id: str
    flagged: float
    severity: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the reader says of a post. `flagged` is the probability that a reviewer would want it seen (medium or more)."""

    flagged: float
    severity: str
    categories: tuple[CategoryJudged, ...]
    labels: frozenset[str]


def judge(reading: Reading) -> Judgement:
    """Weigh the log-odds. Categories come most serious first, then most likely first."""
    odds, settings = reading.log_odds, reading.model.settings
    present = {head: _chance(b + a * odds[head]) for head, (a, b) in settings["present"].items()}
    at_least = [1.0]
    for level in SEVERITIES[1:]:
        at_least.append(min(at_least[-1], present[f"at least {level}"]))
    severity = cheapest(at_least)
    if severity == "low" and max(present[name] for name in settings["flagged"]) < FEWEST_REASON:
        severity = "none"
    said = {head for head, start in settings["from"].items() if present[head] >= start}
    return Judgement(
        flagged=at_least[2],
        severity=severity,
        categories=() if severity == "none" else _categories(severity, said, present, _flagged(reading)),
        labels=frozenset(said - settings["flagged"].keys()),
    )


def _flagged(reading: Reading) -> dict[str, float]:
    """The probability of each category that a reviewer would flag it at medium or more."""
    odds, lines = reading.log_odds, reading.model.settings["flagged"]
    medium = odds["at least medium"]
    return {name: _chance(c + (a * odds[name] + b * medium)) for name, (a, b, c) in lines.items()}


def cheapest(at_least: list[float]) -> str:
    """The severity with the smallest expected cost. `at_least` are the falling probabilities of each severity or more."""
    none, low, medium, high = (a - b for a, b in pairwise(at_least))
    critical = at_least[-1]
    expected = [
        none * a + low * b + medium * c + high * d + critical * e for a, b, c, d, e in _COST_OF_SAYING
    ]
    return SEVERITIES[expected.index(min(expected))]


def _categories(
    severity: str, said: set[str], present: Mapping[str, float], flagged: Mapping[str, float]
) -> tuple[CategoryJudged, ...]:
    """The categories said, the likeliest always: it has the post's severity, one that is less likely than not a step less."""
    first = max(flagged, key=lambda name: (present[name], name))
    chosen = sorted((said & flagged.keys()) | {first}, key=lambda name: (-present[name], name))
    judged = []
    for name in chosen:
        given = severity
        if name != first and present[name] < 0.5:
            given = SEVERITIES[max(SEVERITIES.index(severity) - 1, 1)]
        judged.append(CategoryJudged(name, flagged[name], given))
    return tuple(judged)


def _chance(total: float) -> float:
    return 1.0 / (1.0 + exp(-min(max(total, -30.0), 30.0)))


def judge_sum(reading: Reading, log_odds: float) -> float:
    """The probability of being flagged that this sum of the head 'at least medium' stands for."""
    slope, intercept = reading.model.settings["present"]["at least medium"]
    return _chance(intercept + slope * log_odds)
