"""A phrase made ready to be walked: where it goes on to from each of its parts, over gaps and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from governance.scoring.phrases.language import Way, is_gap

Keys = tuple[str, ...]
"""All that a word of a text may be called in a phrase: itself, its classes, its shape."""

# What every end of a sentence is called: a gap stops at it.
END: Keys = (".",)

_Begins = dict[str, list[Way]]
"""The ways of a part by their first word; what follows it in the part."""


_NOTHING_MORE: list[Way] = [()]  # most ways are one word


class _Step(NamedTuple):
    """A phrase may go on over a gap of so many words at most with the words that begin a part, and then by `onward`.

    `is_last`: what follows may be left out.
    """

    gap: int
    begins: _Begins
    is_last: bool
    onward: tuple[_Step, ...]


class Phrase:
    """A phrase of a lexicon: `label` is what it says, `begins` the words that it may begin with."""

    __slots__ = ("_heads", "begins", "label")

    def __init__(self, label: str, parts: Sequence[Sequence[Way]]) -> None:
        self.label = label
        onward: list[tuple[_Step, ...]] = [()]
        is_last = [True]
        begins = [_begins(part) for part in parts]
        for number in range(len(parts) - 1, -1, -1):
            onward.insert(0, tuple(_steps(parts, begins, number, is_last, onward)))
            # Gaps at the outside, left over where what stood there is left out, are none.
            is_last.insert(0, is_last[0] and _may_be_silent(parts[number]))
        self._heads = tuple(_Step(0, one.begins, one.is_last, one.onward) for one in onward[0])
        self.begins = frozenset(key for one in self._heads for key in one.begins)

    def longest(self, first: int, keyed: Sequence[Keys]) -> int:
        """The word behind the phrase where it begins with the word `first`, the longest way; 0 where it does not."""
        most = 0
        ahead = [(self._heads, first)]  # it grows while it is walked
        for steps, at in ahead:
            for gap, begins, is_last, onward in steps:
                behind = at
                for keys in keyed[at : at + gap + 1]:
                    behind += 1
                    for key in keys:
                        if key in begins:
                            rest = begins[key]
                            ends = [behind] if rest is _NOTHING_MORE else _ends(rest, behind, keyed)
                            if ends and is_last:
                                most = max(most, *ends)
                            if onward:
                                ahead += [(onward, end) for end in ends]
                    if keys is END:
                        break
        return most


def _begins(part: Sequence[Way]) -> _Begins:
    begins: _Begins = {}
    for way in part:
        if way and not is_gap(way[0]):
            begins.setdefault(way[0], []).append(way[1:])
    return {word: _NOTHING_MORE if rest == _NOTHING_MORE else rest for word, rest in begins.items()}


def _may_be_silent(part: Sequence[Way]) -> bool:
    return any(all(map(is_gap, way)) for way in part)


def _steps(
    parts: Sequence[Sequence[Way]],
    begins: Sequence[_Begins],
    number: int,
    is_last: Sequence[bool],
    onward: Sequence[tuple[_Step, ...]],
) -> Iterator[_Step]:
    """The words that may come next from the beginning of a part on. `is_last` and `onward` begin with the part behind it."""
    gap = 0
    for at in range(number, len(parts)):
        if begins[at]:
            yield _Step(gap, begins[at], is_last[at - number], onward[at - number])
        if not _may_be_silent(parts[at]):
            return
        gap += max(int(way[0][1]) if way else 0 for way in parts[at] if not way or is_gap(way[0]))


def _ends(ways: Sequence[Way], at: int, keyed: Sequence[Keys]) -> list[int]:
    """Where the rest of these ways may end that goes on with the word `at`."""
    ends = []
    for way in ways:
        place = at
        for number, step in enumerate(way):
            if step[0] == "<":
                ends += _behind_gap(way[number:], place, keyed)
                break
            if place >= len(keyed) or step not in keyed[place]:
                break
            place += 1
        else:
            ends.append(place)
    return ends


def _behind_gap(way: Way, at: int, keyed: Sequence[Keys]) -> list[int]:
    """Where a way may end that goes on with a gap."""
    ends = []
    for place in range(at, min(at + int(way[0][1]) + 1, len(keyed))):
        ends += _ends((way[1:],), place, keyed)
        if keyed[place] is END:
            break
    return ends
