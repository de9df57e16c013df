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


# A dose in words has one of these; the other kinds of amounts have one of each of theirs.
_DOSE_HINTS = (*(f"{often} {part}" for often in ("a", "per", "every") for part in ("day", "night", "morning")),
               "hours", "hrs", "bd", "tds", "qds")  # fmt: skip
_AROUND_DOSE = (2, 16)
_PRICE_HINTS = ("£", "quid", "pounds")
_PERCENTAGE_HINTS = ("%", "percent", "per cent")
_DISCOUNT_HINTS = ("off", "discount", " price", "was £")


def detect(text: Text, facts: Facts) -> None:
    """Add the amounts; nothing is searched for in a text without a digit or a number word for a dose."""
    low = text.low
    if not (
        _begins_with_digit(text)
        or " a day" in low
        or "bd" in text.vocabulary
        or "tds" in text.vocabulary
        or "half price" in low
    ):
        return
    in_words = _has_any(low, _DOSE_HINTS)
    doses = _DOSE.finditer(low) if in_words else text.around_digits(_DOSE, *_AROUND_DOSE)
    for match in doses:
        facts.add(standing(text, "dose", *match.span()))
    if _has_any(low, _PRICE_HINTS):
        _all(text, facts, "price", _PRICE)
    if _has_any(low, _DISCOUNT_HINTS):
        _all(text, facts, "discount", _DISCOUNT)
    if _has_any(low, _PERCENTAGE_HINTS):
        _all(text, facts, "percentage", _PERCENTAGE)


def _begins_with_digit(text: Text) -> bool:
    """Whether a word begins with a digit of any script."""
    if text.low.isascii() and not text.digits:
        return False
    return any(word[0].isdigit() for word in text.words)


def _has_any(low: str, hints: tuple[str, ...]) -> bool:
    return any(hint in low for hint in hints)


def _all(text: Text, facts: Facts, kind: str, pattern: re.Pattern[str]) -> None:
    for match in pattern.finditer(text.low):
        facts.add(standing(text, kind, *match.span()))
