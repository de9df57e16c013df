"""Phrases: the small pattern language of the lexicons, and the trie that finds all of them in one pass over the words.

A phrase is words with a space between them, and:

- `(a|b c|)`   one of these (the empty one: or nothing); brackets may stand in brackets
- `word?`      with or without the word, or `(...)?` the bracket
- `{class}`    any word of a word class: `{family}`, or by its shape `{number}`, `{handle}`, `{link}`, `{hashtag}`
- `<3>`        up to three words of any kind, never across the end of a sentence; at most two gaps a phrase, at most 5 wide

The cost is linear in the text: the trie is no deeper than the longest phrase, and gaps are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from math import prod

from governance.scoring.text import Text, is_end

MOST_GAPS, WIDEST_GAP, MOST_WAYS = 2, 5, 3000
# So many ways of a phrase's beginning get branches of their own; what follows them is then kept once.
WIDEST_BEGINNING = 24
_PIECE = re.compile(r"[()|?]|<\d>|\{\w+\}|[^\s()|?<>{}]+")
SHAPES = ("number", "handle", "link", "hashtag")


# What every end of a sentence is called: no phrase can name it, and a gap stops at it.
_END = (".",)


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says why."""


class _Node:
    __slots__ = ("also", "ends", "gaps", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        # Most nodes have none of these: they share the empty ones, so that starting stays quick.
        self.gaps: Mapping[int, _Node] = _NO_GAPS
        self.also: Sequence[
            _Node
        ] = ()  # where the ways of one phrase meet again: to be followed from here, too
        self.ends: Sequence[str] = ()

    def behind(self, step: str) -> _Node:
        """The node behind a word or a gap, made where it is not there yet."""
        if step[0] == "<":
            if int(step[1]) not in self.gaps:
                self.gaps = {**self.gaps, int(step[1]): _Node()}
            return self.gaps[int(step[1])]
        node = self.next.get(step)
        if node is None:
            node = self.next[step] = _Node()
        return node


_NO_GAPS: Mapping[int, _Node] = {}


class Phrases:
    """A trie over many phrases. Add them all, then `find`."""

    def __init__(self, classes: dict[str, frozenset[str]]) -> None:
        self._classes = classes
        self._keys_of: dict[str, tuple[str, ...]] = {}
        for name, words in classes.items():
            for word in words:
                self._keys_of[word] = (*self._keys_of.get(word, (word,)), "{" + name + "}")
        self._root = _Node()

    def add(self, phrase: str, label: str) -> None:
        """Let `find` answer `label` wherever the phrase stands. Raises PhraseError."""
        parts = _parts(phrase)
        if prod(len(part) for part in parts) <= WIDEST_BEGINNING or not _is_plain(parts):
            parts = [ways(phrase)]
        else:
            _check_gaps(phrase, [max((_gaps(way) for way in part), key=len) for part in parts])
        nodes = [self._root]
        for part in parts:
            if len(nodes) > 1 and len(nodes) * len(part) > WIDEST_BEGINNING:
                nodes = [_meeting(nodes)]
            nodes = list(dict.fromkeys(self._walk(node, way) for node in nodes for way in part))
        for node in nodes:
            if label not in node.ends:
                node.ends = (*node.ends, label)

    def _walk(self, node: _Node, way: tuple[str, ...]) -> _Node:
        """The node at the end of a way, made where it is not there yet."""
        for step in way:
            if step[0] == "{" and step[1:-1] not in self._classes and step[1:-1] not in SHAPES:
                raise PhraseError(f"there is no word class {step}")
            node = node.behind(step)
        return node

    def find(self, text: Text) -> list[tuple[str, int, int]]:
        """Every label found, with its first word and the word behind its last; the longest from each first word."""
        walk = _Walk([self._keys(word) for word in text.words])
        root = self._root.next
        for first, keys in enumerate(walk.keyed):
            for key in keys:
                if key in root:
                    walk.follow(root[key], first)
        return [(label, first, end) for (label, first), end in walk.found.items()]

    def _keys(self, word: str) -> tuple[str, ...]:
        """All that a word may be called in the trie: itself, its classes, its shape."""
        known = self._keys_of.get(word)
        if known is not None:
            return known
        if is_end(word):
            return _END
        mark = word[0]
        if mark == "#" and len(word) > 1:
            return (word, "{hashtag}", *self._keys(word[1:]))
        if mark == "@":
            return (word, "{handle}")
        if mark.isdigit():
            return (word, "{number}")
        if word.startswith(("http", "www.")) and "." in word:
            return (word, "{link}")
        return (word,)


# The gaps of a node that are worth crossing in a text: their width, and where the words behind them lead.
_Crossings = list[tuple[int, list[dict[str, _Node]]]]


class _Walk:
    """One walk over the words of one text. This is where scoring spends its time."""

    __slots__ = ("_crossings", "_present", "found", "keyed")

    def __init__(self, keyed: list[tuple[str, ...]]) -> None:
        self.keyed = keyed
        self.found: dict[tuple[str, int], int] = {}
        self._present = {key for keys in keyed for key in keys}
        self._crossings: dict[_Node, _Crossings] = {}

    def follow(self, begun: _Node, first: int) -> None:
        """Follow the trie from the node of the word `first`."""
        keyed, found, beyond = self.keyed, self.found, len(self.keyed)
        ahead = [(begun, first + 1)]  # a node, and the next word to look at
        while ahead:
            node, at = ahead.pop()
            for label in node.ends:
                if found.get((label, first), 0) < at:
                    found[label, first] = at
            if node.also:
                self._meet(node.also, at, ahead)
            if at >= beyond:
                continue
            after = node.next
            if after:
                ahead += [(after[key], at + 1) for key in keyed[at] if key in after]
            if node.gaps:
                self._cross(node, at, ahead)

    def _meet(self, meetings: Sequence[_Node], at: int, ahead: list[tuple[_Node, int]]) -> None:
        """Add to `ahead` the meetings that end here or lead on with the word `at`."""
        keys = self.keyed[at] if at < len(self.keyed) else ()
        for meeting in meetings:
            after = meeting.next
            if meeting.ends or meeting.gaps or meeting.also or any(key in after for key in keys):
                ahead.append((meeting, at))

    def _worth_crossing(self, node: _Node) -> _Crossings:
        """A gap with no word of this text behind it leads nowhere."""
        crossings = []
        for widest, behind in node.gaps.items():
            branches = [behind.next, *(meeting.next for meeting in behind.also)]
            alive = [after for after in branches if not after.keys().isdisjoint(self._present)]
            if alive:
                crossings.append((widest, alive))
        return crossings

    def _cross(self, node: _Node, at: int, ahead: list[tuple[_Node, int]]) -> None:
        """Add to `ahead` where the gaps of a node lead to from the word `at` on."""
        crossings = self._crossings.get(node)
        if crossings is None:
            crossings = self._crossings[node] = self._worth_crossing(node)
        keyed = self.keyed
        for widest, branches in crossings:
            for place in range(at, min(at + widest + 1, len(keyed))):
                keys = keyed[place]
                ahead += [(after[key], place + 1) for after in branches for key in keys if key in after]
                if keys is _END:
                    break


@cache
def _cut(words: str) -> tuple[str, ...]:
    return tuple(Text(words).words)


def ways(phrase: str) -> list[tuple[str, ...]]:
    """Every way to say a phrase, as steps of the trie. Raises PhraseError."""
    pieces = _PIECE.findall(phrase)
    if "".join(pieces) != re.sub(r"\s+", "", phrase):
        raise PhraseError(f"cannot read {phrase!r}: a bracket or a gap is not well formed")
    pieces.reverse()
    said = _sequence(pieces, phrase)
    if pieces:
        raise PhraseError(f"{phrase!r} has a bracket or a bar too many")
    said = [_trimmed(way) for way in said]
    for way in said:
        if not way:
            raise PhraseError(f"{phrase!r} can be said with no word at all")
        _check_gaps(phrase, [_gaps(way)])
    return said


def _parts(phrase: str) -> list[list[tuple[str, ...]]]:
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


def _is_plain(parts: list[list[tuple[str, ...]]]) -> bool:
    """Whether the first and last part are always said and have no gap at the outside: nothing needs to be trimmed."""
    return all(way and way[0][0] != "<" for way in parts[0]) and all(
        way and way[-1][0] != "<" for way in parts[-1]
    )


def _gaps(way: tuple[str, ...]) -> list[str]:
    return [step for step in way if step[0] == "<"]


def _check_gaps(phrase: str, gaps_of_parts: list[list[str]]) -> None:
    gaps = [gap for gaps in gaps_of_parts for gap in gaps]
    if len(gaps) > MOST_GAPS or any(int(gap[1]) > WIDEST_GAP for gap in gaps):
        raise PhraseError(f"{phrase!r} has more than {MOST_GAPS} gaps, or one wider than {WIDEST_GAP}")


def _meeting(nodes: list[_Node]) -> _Node:
    """A new node that is followed from all of these."""
    meeting = _Node()
    for node in nodes:
        node.also = (*node.also, meeting)
    return meeting


def _trimmed(way: tuple[str, ...]) -> tuple[str, ...]:
    """A way without gaps at its ends: they are left over where an optional word is not said."""
    while way and way[0][0] == "<":
        way = way[1:]
    while way and way[-1][0] == "<":
        way = way[:-1]
    return way


def _sequence(pieces: list[str], phrase: str) -> list[tuple[str, ...]]:
    """The ways to say what comes next (`pieces` is reversed: the next is last), up to a bar, a bracket or the end."""
    said: list[tuple[str, ...]] = [()]
    while pieces and pieces[-1] not in "|)":
        choices = _item(pieces, phrase)
        if len(said) * len(choices) > MOST_WAYS:
            raise PhraseError(f"{phrase!r} can be said in more than {MOST_WAYS} ways: use a word class")
        said = [way + choice for way in said for choice in choices]
    return said


def _item(pieces: list[str], phrase: str) -> list[tuple[str, ...]]:
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
