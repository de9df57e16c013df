"""What the reader weighs: facts, rules that speak, words, their stems and pairs of neighbouring words, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Protocol

from governance.scoring.facts import Fact, Facts
from governance.scoring.matcher import Match
from governance.scoring.text import Text, is_end

# Known of every post or of none: a platform's name is no reason to look at somebody.
_UNWEIGHED = ("platform:", "profession:", "whole_text")
_ENDINGS = (
    "ingly",
    "edly",
    "ings",
    "ing",
    "ies",
    "ied",
    "est",
    "ers",
    "er",
    "ed",
    "es",
    "ly",
    "s",
    "'s",
    "\u2019s",
)
_SHORTEST_STEMMED, _SHORTEST_STEM = 4, 3

Drawn = tuple[
    int, int, int
]  # a feature's row, its first word and the word behind its last; -1, -1 for no place


class Rows:
    """A model's rows by what they are: to find them quickly, without making their names."""

    __slots__ = ("_facts", "_pairs", "_plain", "_rules", "_stemmed", "_stems", "_words")

    def __init__(self, rows: Mapping[str, int], kindred: Iterable[str]) -> None:
        self._facts: dict[str, int] = {}
        self._rules: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._pairs: dict[str, dict[str, int]] = {}
        for name, row in rows.items():
            sort, what = name[:2], name[2:]
            if sort == "B:":
                before, _, after = what.partition(" ")
                self._pairs.setdefault(before, {})[after] = row
            else:
                {"F:": self._facts, "R:": self._rules, "S:": self._stems, "W:": self._words}[sort][what] = row
        # Most words of a post are known and are read as they stand.
        self._plain = frozenset(word for word in (*self._words, *kindred) if word and plain(word) == word)
        self._stemmed = {word: self._stems.get(stem(word)) for word in self._words}

    def words_of(self, text: Text) -> list[str]:
        """The plain words of a text."""
        known = self._plain
        return [word if word in known else plain(word) for word in text.words]

    def present(self, words: list[str], facts: Facts, matches: Iterable[Match]) -> set[int]:
        """The rows of all that `draw` would draw, without their places."""
        weighed, pairs = self._facts, self._pairs
        rows = {
            weighed[kind] for kind in facts.by_kind if kind in weighed and not kind.startswith(_UNWEIGHED)
        }
        for match in matches:
            rows |= {self._rules[name] for name in _names(match) if name in self._rules}
        known = self._words
        rows |= {known[word] for word in words if word in known}
        rows |= {row for word in words if (row := self._stem_row(word)) is not None}
        for before, after in pairwise(("^", *words, "$")):
            if before in pairs and after in pairs[before]:
                rows.add(pairs[before][after])
        return rows

    def placed(self, text: Text, words: list[str], facts: Facts) -> list[Drawn]:
        """What `draw` would draw that has a place: each row with its words, once for each place."""
        rows = ((kind, self._facts.get(kind)) for kind in facts.by_kind if not kind.startswith(_UNWEIGHED))
        drawn = [
            (row, *_words_of(text, fact))
            for kind, row in rows
            if row is not None
            for fact in facts.by_kind[kind]
            if fact.has_place
        ]
        known, pairs = self._words, self._pairs
        drawn += [(known[word], at, at + 1) for at, word in enumerate(words) if word in known]
        stemmed = ((at, self._stem_row(word)) for at, word in enumerate(words))
        drawn += [(row, at, at + 1) for at, row in stemmed if row is not None]
        for at, (before, after) in enumerate(pairwise(("^", *words, "$"))):
            if before in pairs and after in pairs[before]:
                drawn.append((pairs[before][after], max(at - 1, 0), min(at + 1, len(words))))
        return [entry for entry in drawn if entry[1] < entry[2]]

    def _stem_row(self, word: str) -> int | None:
        """The row of a word's stem; a word that the corpus never uses may still share one."""
        known = self._stemmed
        return known[word] if word in known else self._stems.get(stem(word))


class Numbered(Protocol):
    """What numbers the features: a trained model's rows (None for one that it does not weigh), or a collector of new ones."""

    def get(self, name: str, /) -> int | None:
        """The row of a feature."""


def plain(word: str) -> str:
    """A word as the reader knows it: numbers, handles and links by their kind, a hashtag as its word."""
    first = word[0]
    if first.isdigit():
        return "<number>"
    if first == "@" and len(word) > 1:
        return "<handle>"
    if first == "#" and len(word) > 1:
        return word[1:]
    if first == "\n":
        return "<line>"
    if word.startswith(("http", "www.")) and "." in word:
        return "<link>"
    return word[0] if is_end(word) else word


def stem(word: str) -> str:
    """What a word shares with its other forms ('dosing', 'dosed'), roughly; empty for a short word, which has no other."""
    if len(word) < _SHORTEST_STEMMED:
        return ""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def draw(text: Text, words: list[str], facts: Facts, matches: Iterable[Match], rows: Numbered) -> list[Drawn]:
    """All that is weighed, one entry for each place where it stands. `words` are the plain words of the text."""
    drawn: list[Drawn] = []
    number = rows.get
    for kind, found in facts.by_kind.items():
        row = None if kind.startswith(_UNWEIGHED) else number("F:" + kind)
        if row is not None:
            drawn += [(row, *_words_of(text, fact)) for fact in found]
    for match in matches:
        drawn += [(row, -1, -1) for name in _names(match) if (row := number("R:" + name)) is not None]
    before = "^"
    for at, word in enumerate(words):
        row = number("W:" + word)
        if row is not None:
            drawn.append((row, at, at + 1))
        row = number("S:" + stemmed) if (stemmed := stem(word)) else None
        if row is not None:
            drawn.append((row, at, at + 1))
        row = number(f"B:{before} {word}")
        if row is not None:
            drawn.append((row, max(at - 1, 0), at + 1))
        before = word
    row = number(f"B:{before} $")
    return drawn if row is None else [*drawn, (row, len(words) - 1, len(words))]


def _names(match: Match) -> tuple[str, ...]:
    rule = match.rule
    return (rule.id, match.severity) if rule.sort == "category" else (rule.id,)


def _words_of(text: Text, fact: Fact) -> tuple[int, int]:
    """The first word of a fact and the word behind its last."""
    return (fact.word, max(text.word_at(fact.end - 1), fact.word) + 1) if fact.has_place else (-1, -1)
