"""The language of the phrases, and how one is read: cut into parts, each with the ways to say it.

A phrase is words with a space between them, and:

- `(a|b c|)`   one of these (the empty one: or nothing); brackets may stand in brackets
- `word?`      with or without the word, or `(...)?` the bracket
- `{class}`    any word of a word class: `{family}`, or by its shape `{number}`, `{handle}`, `{link}`, `{hashtag}`
- `<3>`        up to three words of any kind, never across the end of a sentence; at most two gaps a phrase, at most 5 wide
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from itertools import chain, product
from math import prod

from governance.scoring.text import Text

MOST_GAPS, WIDEST_GAP, MOST_WAYS = 2, 5, 3000
_PIECE = re.compile(r"[()|?]|<\d>|\{\w+\}|[^\s()|?<>{}]+")
SHAPES = ("number", "handle", "link", "hashtag")

Way = tuple[str, ...]
"""Steps from one word to the next: a word, a `{class}` or a gap `<n>`."""


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says why."""


def is_gap(step: str) -> bool:
    """Whether a step is a gap: `<3>`."""
    return step[0] == "<"


def parts_of(phrase: str, classes: Container[str]) -> list[list[Way]]:
    """The parts of a phrase one after another, each with the ways to say it. Raises PhraseError."""
    parts = _parts(phrase)
    gaps = [max((_gaps(way) for way in part), key=len) for part in parts]
    if all(any(len(_gaps(way)) == len(way) for way in part) for part in parts):
        raise PhraseError(f"{phrase!r} can be said with no word at all")
    if len(parts) == 1 or sum(map(len, gaps)) > MOST_GAPS or any(_gap_at_outside(part) for part in parts):
        parts = [whole_ways(parts)]
        gaps = [max((_gaps(way) for way in parts[0]), key=len)]
    _check_gaps(phrase, gaps)
    for step in {step for part in parts for way in part for step in way}:
        if step[0] == "{" and step[1:-1] not in classes and step[1:-1] not in SHAPES:
            raise PhraseError(f"there is no word class {step}")
        if step[0] == "<" and int(step[1]) > WIDEST_GAP:
            raise PhraseError(f"{phrase!r} has a gap wider than {WIDEST_GAP}")
    return parts


def ways(phrase: str) -> list[Way]:
    """Every way to say a phrase. Raises PhraseError."""
    return whole_ways(_parts(phrase))


def whole_ways(parts: list[list[Way]]) -> list[Way]:
    """Every way to say a phrase from end to end."""
    return [_trimmed(tuple(chain.from_iterable(way))) for way in product(*parts)]


@cache
def _cut(words: str) -> Way:
    return tuple(Text(words).words)


def _parts(phrase: str) -> list[list[Way]]:
    """The words, gaps and brackets of a phrase one after another, each with the ways to say it. Raises PhraseError."""
    pieces = _PIECE.findall(phrase)
    if "".join(pieces) != re.sub(r"\s+", "", phrase):
        raise PhraseError(f"cannot read {phrase!r}: a bracket or a gap is not well formed")
    pieces.reverse()
    parts = []
    while pieces and pieces[-1] not in "|)":
        parts.append(_item(pieces, phrase))
    if pieces:
        raise PhraseError(f"{phrase!r} has a bracket or a bar too many")
    if prod(len(part) for part in parts) > MOST_WAYS:
        raise PhraseError(f"{phrase!r} can be said in more than {MOST_WAYS} ways: use a word class")
    return parts


def _gap_at_outside(part: list[Way]) -> bool:
    """Whether a bracket begins or ends with a gap: it must be seen with what stands beside it."""
    return any(len(way) > 1 and (is_gap(way[0]) or is_gap(way[-1])) for way in part)


def _gaps(way: Way) -> list[str]:
    return [step for step in way if step[0] == "<"]


def _check_gaps(phrase: str, gaps_of_parts: list[list[str]]) -> None:
    gaps = [gap for gaps in gaps_of_parts for gap in gaps]
    if len(gaps) > MOST_GAPS or any(int(gap[1]) > WIDEST_GAP for gap in gaps):
        raise PhraseError(f"{phrase!r} has more than {MOST_GAPS} gaps, or one wider than {WIDEST_GAP}")


def _trimmed(way: Way) -> Way:
    """A way without gaps at its ends: they are left over where an optional word is not said."""
    while way and way[0][0] == "<":
        way = way[1:]
    while way and way[-1][0] == "<":
        way = way[:-1]
    return way


def _sequence(pieces: list[str], phrase: str) -> list[Way]:
    """The ways to say what comes next (`pieces` is reversed: the next is last), up to a bar, a bracket or the end."""
    said: list[Way] = [()]
    while pieces and pieces[-1] not in "|)":
        choices = _item(pieces, phrase)
        if len(said) * len(choices) > MOST_WAYS:
            raise PhraseError(f"{phrase!r} can be said in more than {MOST_WAYS} ways: use a word class")
        said = [way + choice for way in said for choice in choices]
    return said


def _item(pieces: list[str], phrase: str) -> list[Way]:
    piece = pieces.pop()
    if piece == "(":
        choices = _sequence(pieces, phrase)
        while pieces and pieces[-1] == "|":
            pieces.pop()
            choices += _sequence(pieces, phrase)
        if not pieces or pieces.pop() != ")":
            raise PhraseError(f"{phrase!r} has a bracket that is not closed")
    elif piece[0] in "<{":
        choices = [(piece,)]
    else:
        choices = [_cut(piece)]
    if pieces and pieces[-1] == "?":
        pieces.pop()
        choices.append(())
    return choices
