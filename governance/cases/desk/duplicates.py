"""Whether two posts say the same, or nearly: for cases that were opened twice about one thing."""

from __future__ import annotations

import re
import unicodedata

NEARLY_THE_SAME = 0.8
"""The share of three-word runs that two texts must have in common. Our own figure: a word changed in a long post, no more."""
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"\w+")
_RUN = 3  # words


def nearly_the_same(one: str, other: str) -> bool:
    """Whether the words are the same but for addresses, case and punctuation, or share nearly all runs of three words."""
    first, second = _words(one), _words(other)
    if first == second:
        return bool(first) or one == other
    runs, others = _runs(first), _runs(second)
    if not runs or not others:
        return False
    return len(runs & others) / len(runs | others) >= NEARLY_THE_SAME


def _words(text: str) -> list[str]:
    plain = _ADDRESS.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    return _WORD.findall(plain)


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)}
