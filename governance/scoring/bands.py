"""From severities and probabilities to numbers and words."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from governance.scoring.reader.judgement import UNSURE

# How likely a reviewer would flag at medium or more what a rule of this severity found: for rules that stand by themselves,
# which no corpus calibrates.
PROBABILITY = MappingProxyType({"none": 0.02, "low": 0.2, "medium": 0.6, "high": 0.8, "critical": 0.9})

# The overall score stays inside the band of its severity, so that 55 always reads as 'high'.
SCORE_BANDS = MappingProxyType(
    {"none": (0, 9), "low": (10, 29), "medium": (30, 54), "high": (55, 79), "critical": (80, 100)}
)
_SURE = (0.15, 0.85)


def together(probabilities: Iterable[float]) -> float:
    """The probability that at least one of several independent findings stands."""
    none_stands = 1.0
    for probability in probabilities:
        none_stands *= 1.0 - probability
    return 1.0 - none_stands


def category_score(probabilities: Iterable[float]) -> int:
    """100 times the probability that a reviewer would flag the category."""
    return round(100 * together(probabilities))


def overall_score(severity: str, flagged: float) -> int:
    """The post's score: within the band of its severity, higher the likelier a reviewer would flag it."""
    low, high = SCORE_BANDS[severity]
    return low + round((high - low) * flagged)


def sureness(flagged: float) -> str:
    """How sure the answer is that a reviewer would, or would not, want the post seen: sure, fairly sure or unsure."""
    if UNSURE[0] <= flagged <= UNSURE[1]:
        return "unsure"
    return "sure" if flagged <= _SURE[0] or flagged >= _SURE[1] else "fairly sure"
