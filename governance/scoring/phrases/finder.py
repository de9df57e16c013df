"""Finds all phrases of the lexicons in a text.

Each phrase is kept under its rarest word, so most words of a text call up nothing. A phrase that is called up is walked
only where all the words that it needs stand near each other, and only from its first words. A long text is read in
windows that overlap by the longest phrase: the cost is linear in the text.
"""

from __future__ import annotations

from collections.abc import Mapping

from governance.scoring.phrases.language import Way, branches, parts_of
from governance.scoring.phrases.sieve import Needed, Shares, anchors_of, span_of
from governance.scoring.phrases.trie import END, Keys, Node, longest, planted
from governance.scoring.text import Text, is_end

WINDOW = 48  # words; a text of up to twice as many is one window


class _Kept:
    """A phrase; its trie is made when it is first called up."""

    __slots__ = ("_parts", "begins", "label")

    def __init__(self, label: str, parts: list[list[Way]]) -> None:
        self.label = label
        self._parts = parts
        self.begins: dict[str, Node] = {}
        """What it begins with, and where each beginning leads; empty until it is made."""

    def made(self) -> dict[str, Node]:
        """Make the trie and answer its beginnings."""
        self.begins, self._parts = planted(branches(self._parts)).next, []
        return self.begins


# What must be near; how many words before the anchor the phrase begins, at least and at most; and the phrase.
_Entry = tuple[Needed, int, int, _Kept]


class _Called:
    """All that one word calls up: labels of one-word phrases, phrases, and phrases by the word that follows."""

    __slots__ = ("by_next", "entries", "keys", "labels")

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.labels: tuple[str, ...] = ()
        self.entries: list[_Entry] = []
        self.by_next: list[dict[str, list[_Entry]]] = []


class Phrases:
    """Many phrases. Add them all, then `find`."""

    def __init__(self, classes: Mapping[str, frozenset[str]]) -> None:
        self._classes = classes
        self._keys_of: dict[str, Keys] = {}
        for name, words in classes.items():
            for word in words:
                self._keys_of[word] = (*self._keys_of.get(word, (word,)), "{" + name + "}")
        self._shares = Shares(classes)
        self._alone: dict[str, tuple[str, ...]] = {}  # the labels of phrases of one word
        self._by_word: dict[str, list[_Entry]] = {}
        self._by_pair: dict[str, dict[str, list[_Entry]]] = {}
        self._longest = 1
        self._called: dict[str, _Called] = {}  # by the words that phrases name, never by others

    def add(self, phrase: str, label: str) -> None:
        """Let `find` answer `label` wherever the phrase stands. Raises PhraseError."""
        parts = parts_of(phrase, self._classes)
        for step in {step for part in parts for way in part for step in way}:
            if step not in self._keys_of and step[0] not in "<{":
                self._keys_of[step] = self._keys(step)
        self._called.clear()
        self._longest = max(self._longest, sum(max(span_of(way)[1] for way in part) for part in parts))
        if len(parts) == 1:
            for way in parts[0]:
                if len(way) == 1 and label not in self._alone.get(way[0], ()):
                    self._alone[way[0]] = (*self._alone.get(way[0], ()), label)
            parts = [[way for way in parts[0] if len(way) > 1]]
            if not parts[0]:
                return
        kept = _Kept(label, parts)
        for steps, least, most, needed in anchors_of(parts, self._shares):
            if len(steps) == 1:
                self._by_word.setdefault(steps[0], []).append((needed, least, most, kept))
            else:
                self._by_pair.setdefault(steps[0], {}).setdefault(steps[1], []).append(
                    (needed, least, most, kept)
                )

    def find(self, text: Text) -> list[tuple[str, int, int]]:
        """Every label found, with its first word and the word behind its last; the longest from each first word."""
        known = self._called
        called = [known[word] if word in known else self._call(word) for word in text.words]
        keyed = [one.keys for one in called]
        found: _Found = {}
        step = len(keyed) if len(keyed) <= 2 * WINDOW else WINDOW
        for begin in range(0, len(keyed), step or 1):
            end = min(begin + step, len(keyed))
            near = frozenset().union(*keyed[max(begin - self._longest, 0) : end + self._longest])
            for at, entries in _called_up(called, begin, end, found):
                _try(entries, at, near, keyed, found)
        return [(label, first, behind) for (first, label), behind in sorted(found.items())]

    def _call(self, word: str) -> _Called:
        """What a word calls up: kept for the words that phrases name, which are so many and no more."""
        if is_end(word) and word not in self._keys_of:
            word = END[0]
            if word in self._called:
                return self._called[word]
        keys = self._keys(word)
        if word not in self._keys_of and keys is not END:
            keys = tuple(key for key in keys if key[0] == "{" or key in self._keys_of)
            return self._calling(keys) if keys else _NOTHING
        self._called[word] = one = self._calling(keys)
        return one

    def _calling(self, keys: Keys) -> _Called:
        one = _Called(keys)
        for key in keys:
            one.labels += self._alone.get(key, ())
            one.entries += self._by_word.get(key, ())
            if key in self._by_pair:
                one.by_next.append(self._by_pair[key])
        return one

    def _keys(self, word: str) -> Keys:
        """All that a word may be called in a phrase: itself, its classes, its shape."""
        known = self._keys_of.get(word)
        if known is not None:
            return known
        if is_end(word):
            return END
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


_NOTHING = _Called(())
_Found = dict[tuple[int, str], int]
"""By its first word and its label: the word behind its last."""


def _called_up(called: list[_Called], begin: int, end: int, found: _Found) -> list[tuple[int, list[_Entry]]]:
    """The phrases whose anchor stands from `begin` to before `end`, each with its place; those of one word are found."""
    up: list[tuple[int, list[_Entry]]] = []
    following: Keys = called[end].keys if end < len(called) else ()
    for at in range(end - 1, begin - 1, -1):
        one = called[at]
        for label in one.labels:
            found.setdefault((at, label), at + 1)
        if one.entries:
            up.append((at, one.entries))
        for seconds in one.by_next:
            up += [(at, seconds[second]) for second in following if second in seconds]
        following = one.keys
    return up


def _try(entries: list[_Entry], at: int, near: frozenset[str], keyed: list[Keys], found: _Found) -> None:
    """Walk the phrases whose anchor stands at the word `at`, where what they need is near."""
    for needed, least, most, kept in entries:
        if needed and needed.isdisjoint(near):
            continue
        begins = kept.begins or kept.made()
        for first in range(at - most if at > most else 0, at - least + 1):
            for key in keyed[first]:
                if key in begins:
                    behind = longest(begins[key], first + 1, keyed)
                    if behind and behind > found.get((first, kept.label), 0):
                        found[first, kept.label] = behind
