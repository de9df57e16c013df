"""The sieve: what a phrase cannot do without, the rarest of it first.

Each way to say a phrase has an anchor, its rarest pair of neighbouring words or its rarest word, and words that must
stand near. A phrase stands in a text only where all of these do, so the sieve loses no match. What counts as rare decides
how quick the sieve is, never what it finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import inf
from pathlib import Path
from types import MappingProxyType

from governance.scoring.phrases.language import Way, is_gap


def _commonest() -> list[str]:
    lines = Path(__file__).with_name("commonest.txt").read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


# By rank, as the words of any language fall off (Zipf): the twentieth stands five times in a thousand words.
_SHARES: Mapping[str, float] = MappingProxyType(
    {word: 0.1 / rank for rank, word in enumerate(_commonest(), start=1)} | {"{number}": 0.02, ".": 0.08}
)
_RARE = 0.00005
_TOGETHER = 5  # words of a phrase follow each other so many times more often than chance has it
_KEEPING = 2e-5  # what it costs to keep one anchor more, as a share of words

Needed = frozenset[str]
"""At least one of these words must be near; empty where nothing more is asked."""

Anchor = tuple[Way, int, int, Needed]
"""A word or a pair of neighbours; the phrase begins from `least` to `most` words before it; what else it needs."""


class Shares(dict[str, float]):
    """About which share of the words of a post is called this. A class is as common as its words together."""

    def __init__(self, classes: Mapping[str, frozenset[str]]) -> None:
        super().__init__(_SHARES)
        for name, words in classes.items():
            self["{" + name + "}"] = sum(_SHARES.get(word, _RARE) for word in words)

    def __missing__(self, step: str) -> float:
        return _RARE

    def of(self, steps: Iterable[str]) -> float:
        """The share of words that is called any of these."""
        return sum(map(self.__getitem__, steps))


def anchors_of(parts: Sequence[Sequence[Way]], shares: Shares) -> list[Anchor]:
    """Where to look for a phrase: each way to say it has one of these anchors."""
    if len(parts) == 1:
        return _once_each(_in_each(parts[0], shares))
    always = [number for number, part in enumerate(parts) if all(map(_has_words, part))]
    choices = [(_cost_of_part(parts[at], shares), [at]) for at in always]
    choices += [
        (_cost_of_meeting(parts[at], parts[at + 1], shares), [at, at + 1])
        for at in always
        if at + 1 in always
    ]
    used = min(choices)[1]
    before = [_span_of_any(part) for part in parts[: used[0]]]
    least, most = sum(span[0] for span in before), sum(span[1] for span in before)
    others = [
        frozenset(_rarest(way, shares) for way in parts[number]) for number in always if number not in used
    ]
    needed = min(others, key=shares.of, default=frozenset())
    chosen = parts[used[0]]
    found = _meetings(chosen, parts[used[1]]) if len(used) > 1 else _in_each(chosen, shares)
    return _once_each((steps, a + least, b + most, needed) for steps, a, b, _ in found)


def _in_each(part: Sequence[Way], shares: Shares) -> Iterator[Anchor]:
    for way in part:
        yield _anchor_in(way, shares)


def _once_each(anchors: Iterable[Anchor]) -> list[Anchor]:
    """Each word or pair once, with the widest span of beginnings and all that any of its ways needs."""
    kept: dict[Way, Anchor] = {}
    for steps, least, most, needed in anchors:
        _, a, b, other = kept.get(steps, (steps, least, most, needed))
        both = needed | other if needed and other else frozenset()
        kept[steps] = (steps, min(a, least), max(b, most), both)
    return list(kept.values())


def _anchor_in(way: Way, shares: Shares) -> Anchor:
    """The rarest word or pair of a way; beside it, the rarest word of what a gap keeps apart from it."""
    at, steps = _rarest_of(way, shares)
    if not any(map(is_gap, way)):
        return steps, at, at, frozenset()
    others = [step for step in way if not is_gap(step) and step not in steps]
    needed = frozenset((min(others, key=shares.__getitem__),)) if others else frozenset()
    return steps, *span_of(way[:at]), needed


def _rarest_of(way: Way, shares: Shares) -> tuple[int, Way]:
    if len(way) == 1:
        return 0, way
    best, width, least = 0, 1, 9.0
    before = 0.0  # the share of the word before; 0 behind a gap
    for at, step in enumerate(way):
        if step[0] == "<":
            before = 0.0
            continue
        own = shares[step]
        if own < least:
            best, width, least = at, 1, own
        if before and before * own * _TOGETHER < least:
            best, width, least = at - 1, 2, before * own * _TOGETHER
        before = own
    return best, way[best : best + width]


def _cost_of_part(part: Sequence[Way], shares: Shares) -> float:
    return sum(_share_of(_rarest_of(way, shares)[1], shares) + _KEEPING for way in part)


def _cost_of_meeting(before: Sequence[Way], after: Sequence[Way], shares: Shares) -> float:
    lasts, firsts = {way[-1] for way in before}, {way[0] for way in after}
    if any(map(is_gap, lasts | firsts)):
        return inf
    return shares.of(lasts) * shares.of(firsts) * _TOGETHER + len(lasts) * len(firsts) * _KEEPING


def _meetings(before: Sequence[Way], after: Sequence[Way]) -> Iterator[Anchor]:
    for way, step in product(before, {way[0] for way in after}):
        yield (way[-1], step), *span_of(way[:-1]), frozenset()


def _share_of(steps: Way, shares: Shares) -> float:
    return shares[steps[0]] * (shares[steps[1]] * _TOGETHER if len(steps) > 1 else 1)


def _rarest(way: Way, shares: Shares) -> str:
    return min((step for step in way if not is_gap(step)), key=shares.__getitem__)


def _has_words(way: Way) -> bool:
    return any(step[0] != "<" for step in way)


def span_of(way: Way) -> tuple[int, int]:
    """The fewest and the most words that a way takes."""
    gaps = [int(step[1]) for step in way if step[0] == "<"]
    return len(way) - len(gaps), len(way) - len(gaps) + sum(gaps)


def _span_of_any(part: Sequence[Way]) -> tuple[int, int]:
    spans = [span_of(way) for way in part]
    return min(least for least, _ in spans), max(most for _, most in spans)
