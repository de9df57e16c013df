"""Amounts: doses of medicines, prices and percentages."""

from __future__ import annotations

import re

from governance.scoring.facts import Facts, standing
from governance.scoring.text import Text

KINDS = {
    "dose": "A dose, or how often to take something",
    "price": "A price in pounds",
    "percentage": "A percentage",
    "discount": "Money or a share taken off a price",
}

_DOSE = re.compile(
    r"\b\d+(?:[.,]\d+)? ?(?:mg|mcg|micrograms?|g|ml|mls|units?|iu|tablets?|tabs?|capsules?|puffs?|drops?)\b"
    r"|\b(?:once|twice|\d|one|two|three|four|five|six) (?:times )?(?:a|per|every) (?:day|night|morning)\b"
    r"|\bevery (?:\d{1,2}|four|six|eight|twelve) (?:hours|hrs)\b|\b(?:bd|tds|qds)\b"
)
_PRICE = re.compile(r"£ ?\d+(?:[.,]\d+)*|\b\d+(?:\.\d\d)? ?(?:quid|pounds)\b")
_PERCENTAGE = re.compile(r"\b\d+(?:\.\d+)? ?(?:%|percent\b|per cent\b)")
_DISCOUNT = re.compile(
    r"\b\d+ ?(?:%|percent|per cent) (?:off|discount)|£ ?\d+ off|\b(?:half|1/2) price\b|\bwas £"
)


def detect(text: Text, facts: Facts) -> None:
    """Add the amounts; nothing is searched for in a text without a digit or a number word for a dose."""
    low = text.low
    has_digit = any(word[0].isdigit() for word in text.words)
    if (
        has_digit
        or " a day" in low
        or "bd" in text.vocabulary
        or "tds" in text.vocabulary
        or "half price" in low
    ):
        _all(text, facts, "dose", _DOSE)
        _all(text, facts, "price", _PRICE)
        _all(text, facts, "discount", _DISCOUNT)
        _all(text, facts, "percentage", _PERCENTAGE)


def _all(text: Text, facts: Facts, kind: str, pattern: re.Pattern[str]) -> None:
    for match in pattern.finditer(text.low):
        facts.add(standing(text, kind, *match.span()))
