"""What the reader weighs: facts, rules that speak, words and pairs of neighbouring words, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from governance.scoring.facts import Fact, Facts
from governance.scoring.matcher import Match
from governance.scoring.text import Text, is_end

# Known of every post or of none: a platform's name is no reason to look at somebody.
_UNWEIGHED = ("platform:", "profession:", "whole_text")

Drawn = tuple[
    int, int, int
]  # a feature's row, its first word and the word behind its last; -1, -1 for no place


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


def draw(text: Text, words: list[str], facts: Facts, matches: Iterable[Match], rows: Numbered) -> list[Drawn]:
    """All that is weighed, one entry for each place where it stands. `words` are the plain words of the text."""
    drawn: list[Drawn] = []
    number = rows.get
    for kind, found in facts.by_kind.items():
        row = None if kind.startswith(_UNWEIGHED) else number("F:" + kind)
        if row is not None:
            drawn += [(row, *_words_of(text, fact)) for fact in found]
    for match in matches:
        says = ("R:" + match.rule.id, "R:" + match.severity if match.rule.sort == "category" else "")
        drawn += [(row, -1, -1) for name in says if name and (row := number(name)) is not None]
    before = "^"
    for at, word in enumerate(words):
        row = number("W:" + word)
        if row is not None:
            drawn.append((row, at, at + 1))
        row = number(f"B:{before} {word}")
        if row is not None:
            drawn.append((row, max(at - 1, 0), at + 1))
        before = word
    row = number(f"B:{before} $")
    return drawn if row is None else [*drawn, (row, len(words) - 1, len(words))]


def _words_of(text: Text, fact: Fact) -> tuple[int, int]:
    """The first word of a fact and the word behind its last."""
    return (fact.word, max(text.word_at(fact.end - 1), fact.word) + 1) if fact.has_place else (-1, -1)
