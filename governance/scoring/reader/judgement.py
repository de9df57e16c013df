"""From log-odds to a judgement: calibrated probabilities, the severity that costs least, and the labels said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from types import MappingProxyType

from governance.guidance.rulebook import SEVERITIES
from governance.scoring.reader.model import Reading

# What it costs to say the column where a fair reviewer would say the row, counted in medium posts left unseen. Chosen on the
# tune split, where the F1 of 'seen or not' hardly moves between 1 and 2 for a wasted review: 1.9 spares harmless posts.
COST: Mapping[str, tuple[float, float, float, float, float]] = MappingProxyType(
    {
        #            none  low  medium high critical
        "none": (0.0, 0.7, 1.9, 3.2, 4.3),
        "low": (0.4, 0.0, 1.2, 2.4, 3.6),
        "medium": (1.1, 0.8, 0.0, 0.6, 1.2),
        "high": (2.5, 2.0, 0.8, 0.0, 0.6),
        "critical": (6.0, 5.0, 2.5, 0.6, 0.0),
    }
)
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
    present = {head: _chance(line, (odds[head],)) for head, line in settings["present"].items()}
    at_least = [1.0]
    for level in SEVERITIES[1:]:
        at_least.append(min(at_least[-1], present[f"at least {level}"]))
    severity = cheapest(at_least)
    if severity == "low" and max(present[name] for name in settings["flagged"]) < FEWEST_REASON:
        severity = "none"
    said = {head for head, start in settings["from"].items() if present[head] >= start}
    flagged = {
        name: _chance(line, (odds[name], odds["at least medium"]))
        for name, line in settings["flagged"].items()
    }
    categories = _categories(severity, said, present, flagged)
    return Judgement(
        flagged=at_least[2],
        severity=severity,
        categories=categories,
        labels=frozenset(said - flagged.keys()),
    )


def cheapest(at_least: list[float]) -> str:
    """The severity with the smallest expected cost. `at_least` are the falling probabilities of each severity or more."""
    chances = [a - b for a, b in zip(at_least, [*at_least[1:], 0.0], strict=True)]
    expected = [
        sum(chance * COST[true][said] for true, chance in zip(SEVERITIES, chances, strict=True))
        for said in range(len(SEVERITIES))
    ]
    return SEVERITIES[expected.index(min(expected))]


def _categories(
    severity: str, said: set[str], present: Mapping[str, float], flagged: Mapping[str, float]
) -> tuple[CategoryJudged, ...]:
    """The categories said, the likeliest always: it has the post's severity, one that is less likely than not a step less."""
    if severity == "none":
        return ()
    first = max(flagged, key=lambda name: (present[name], name))
    chosen = sorted((said & flagged.keys()) | {first}, key=lambda name: (-present[name], name))
    judged = []
    for name in chosen:
        given = severity
        if name != first and present[name] < 0.5:
            given = SEVERITIES[max(SEVERITIES.index(severity) - 1, 1)]
        judged.append(CategoryJudged(name, flagged[name], given))
    return tuple(judged)


def _chance(line: list[float], inputs: tuple[float, ...]) -> float:
    *slopes, intercept = line
    total = intercept + sum(slope * value for slope, value in zip(slopes, inputs, strict=True))
    return 1.0 / (1.0 + exp(-min(max(total, -30.0), 30.0)))


def judge_sum(reading: Reading, log_odds: float) -> float:
    """The probability of being flagged that this sum of the head 'at least medium' stands for."""
    return _chance(reading.model.settings["present"]["at least medium"], (log_odds,))
