"""Finds all phrases of the lexicons in a text.

Each phrase is kept under its rarest word, so most words of a text call up nothing. A phrase that is called up is walked
only where all the words that it needs stand near each other, and only from its first words. A long text is read in
windows that overlap by the longest phrase: the cost is linear in the text.
"""

from __future__ import annotations

from collections.abc import Mapping

from governance.scoring.phrases.language import parts_of
from governance.scoring.phrases.sieve import Needed, Shares, anchors_of, span_of
from governance.scoring.phrases.walk import END, Keys, Phrase
from governance.scoring.text import Text, is_end

WINDOW = 48  # words of a sentence without end that are looked at together


# What must be near; how many words before the anchor the phrase begins, at least and at most; and the phrase.
_Entry = tuple[Needed, int, int, Phrase]


class _Called:
    """All that one word calls up: labels of one-word phrases, phrases, and phrases by the word that follows."""

    __slots__ = ("by_next", "entries", "keys", "labels")

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.labels: tuple[str, ...] = ()
        self.entries: list[_Entry] = []
        self.by_next: dict[str, list[_Entry]] = {}


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
        # Kept by the words that phrases name and, for other words, by what phrases may call them: never by a text's own words.
        self._called: dict[str, _Called] = {}
        self._called_by: dict[Keys, _Called] = {(): _NOTHING}

    def add(self, phrase: str, label: str) -> None:
        """Let `find` answer `label` wherever the phrase stands. Raises PhraseError."""
        parts = parts_of(phrase, self._classes)
        steps = {step for part in parts for way in part for step in way}
        for step in steps:
            if step not in self._keys_of and step[0] not in "<{":
                self._keys_of[step] = self._keys(step)
        self._called.clear()
        self._called_by = {(): _NOTHING}
        self._longest = max(self._longest, sum(max(span_of(way)[1] for way in part) for part in parts))
        if len(parts) == 1:
            for way in parts[0]:
                if len(way) == 1 and label not in self._alone.get(way[0], ()):
                    self._alone[way[0]] = (*self._alone.get(way[0], ()), label)
            parts = [[way for way in parts[0] if len(way) > 1]]
            if not parts[0]:
                return
        kept = Phrase(label, parts)
        for anchor, least, most, needed in anchors_of(parts, self._shares):
            # What a phrase that names the end of a sentence needs may stand behind that.
            entry = (_NONE if END[0] in steps else needed, least, most, kept)
            if len(anchor) == 1:
                self._by_word.setdefault(anchor[0], []).append(entry)
            else:
                self._by_pair.setdefault(anchor[0], {}).setdefault(anchor[1], []).append(entry)

    def find(self, text: Text) -> list[tuple[str, int, int]]:
        """Every label found, with its first word and the word behind its last; the longest from each first word."""
        known = self._called
        called = [known[word] if word in known else self._call(word) for word in text.words]
        keyed = [one.keys for one in called]
        found: _Found = {}
        from_word, near = len(keyed), _NONE
        for at, entries in _called_up(called, found):
            if at < from_word:
                from_word, near = self._near(keyed, at)
            _try(entries, at, near, keyed, found)
        return [(label, first, behind) for (first, label), behind in sorted(found.items())]

    def _near(self, keyed: list[Keys], at: int) -> tuple[int, frozenset[str]]:
        """All words that a phrase with its anchor at a word or before may need, and from which word on that holds.

        No phrase reaches across the end of a sentence; in a sentence without end it reaches as far as the longest one.
        """
        low, high = at, at + 1
        while low and keyed[low - 1] is not END and at - low < WINDOW + self._longest:
            low -= 1
        while high < len(keyed) and keyed[high - 1] is not END and high - at <= self._longest:
            high += 1
        from_word = low if not low or keyed[low - 1] is END else at - WINDOW
        return from_word, frozenset().union(*keyed[low:high])

    def _call(self, word: str) -> _Called:
        """What a word calls up: kept for the words that phrases name, which are so many and no more."""
        if word not in self._keys_of:
            if word[0].isalpha() and not word.startswith(("http", "www.")):
                return _NOTHING
            if is_end(word):
                word = END[0]
                if word in self._called:
                    return self._called[word]
        keys = self._keys(word)
        if word not in self._keys_of and keys is not END:
            keys = tuple(key for key in keys if key[0] == "{" or key in self._keys_of)
            if keys not in self._called_by:
                self._called_by[keys] = self._calling(keys)
            return self._called_by[keys]
        self._called[word] = one = self._calling(keys)
        return one

    def _calling(self, keys: Keys) -> _Called:
        one = _Called(keys)
        for key in keys:
            one.labels += self._alone.get(key, ())
            one.entries += self._by_word.get(key, ())
            for second, entries in self._by_pair.get(key, {}).items():
                one.by_next[second] = one.by_next.get(second, []) + entries
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
_NONE: frozenset[str] = frozenset()
_Found = dict[tuple[int, str], int]
"""By its first word and its label: the word behind its last."""


def _called_up(called: list[_Called], found: _Found) -> list[tuple[int, list[_Entry]]]:
    """The phrases whose anchors are there, each with its place, from the last to the first; those of one word are found."""
    up: list[tuple[int, list[_Entry]]] = []
    following: Keys = ()
    for at in range(len(called) - 1, -1, -1):
        one = called[at]
        for label in one.labels:
            found.setdefault((at, label), at + 1)
        if one.entries:
            up.append((at, one.entries))
        if one.by_next:
            for second in following:
                if second in one.by_next:
                    up.append((at, one.by_next[second]))  # noqa: PERF401 - most words find nothing: a list for each costs more
        following = one.keys
    return up


def _try(entries: list[_Entry], at: int, near: frozenset[str], keyed: list[Keys], found: _Found) -> None:
    """Walk the phrases whose anchor stands at the word `at`, where what they need is near."""
    for needed, least, most, phrase in entries:
        if needed and needed.isdisjoint(near):
            continue
        begins = phrase.begins
        for first in range(at - most if at > most else 0, at - least + 1) if most > least else (at - most,):
            if first < 0 or begins.isdisjoint(keyed[first]):
                continue
            behind = phrase.longest(first, keyed)
            if behind and behind > found.get((first, phrase.label), 0):
                found[first, phrase.label] = behind
