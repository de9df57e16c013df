"""A text made ready for reading: normalised, in lower case, cut into words, with the way back to the text as received.

Offsets come in two kinds. *Inner* offsets count characters of the normalised text; *received* offsets count code
points of the text as it came. Detectors work with inner offsets only, and `Text.received` maps a span back.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

# Written in the text but never seen: they would cut a word in two (soft hyphen, zero-width space, direction marks).
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u00b4": "'", "\u02bc": "'"})

# A word, number, hashtag, handle, link, currency sign, emoji, or the end of a sentence ("." below stands for each end).
_WORD = re.compile(
    r"https?://\S+|www\.\S+"
    r"|\d+(?:[.,:/]\d+)*\w*"
    r"|[#@]?\w+(?:['&]\w+)*"
    r"|[£€$%]"
    r"|[.!?]+(?=\s|$)|\n+"
    r"|[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
)
_DIGITS = re.compile(r"\d+")
_ENDS = frozenset(".!?\n")


def is_end(word: str) -> bool:
    """Whether this word of `Text.words` stands for the end of a sentence."""
    return word[0] in _ENDS


class Text:
    """One text with everything the detectors share. All offsets are inner ones, unless a name says received.

    `seen` keeps capitals, `low` is the same length in lower case with plain apostrophes.
    """

    def __init__(self, received: str) -> None:
        self.as_received = received
        self.seen, self._starts_received, self._ends_received = _normalise(received)
        self.low = _lower(self.seen)
        self.words: list[str] = _WORD.findall(self.low)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The distinct words, for a quick test before a costly search."""
        return frozenset(self.words)

    @cached_property
    def starts(self) -> list[int]:
        """The inner offset at which each word starts."""
        return [match.start() for match in _WORD.finditer(self.low)]

    @cached_property
    def sentences(self) -> list[int]:
        """The number of the sentence in which each word stands, from 0."""
        number, numbers = 0, []
        for word in self.words:
            numbers.append(number)
            if word[0] in _ENDS:
                number += 1
        return numbers

    @cached_property
    def digits(self) -> list[tuple[int, int]]:
        """The inner spans of digits that stand together: most posts have few, and much can only be found beside them."""
        return [match.span() for match in _DIGITS.finditer(self.low)]

    def around_digits(self, pattern: re.Pattern[str], before: int, after: int) -> Iterator[re.Match[str]]:
        """What `pattern.finditer` finds in `low`, for a pattern that cannot match without a digit.

        `before` is the most characters that it takes, or looks back at, before its first digit, which no digit precedes;
        `after` the most that it takes, or looks ahead at, behind its last one.
        """
        begin, end = 0, -1
        for first, behind in self.digits:
            if first - before <= end:
                end = behind + after
                continue
            if end >= 0:
                yield from pattern.finditer(self.low, begin, end)
            begin, end = max(first - before, 0), behind + after
        if end >= 0:
            yield from pattern.finditer(self.low, begin, end)

    def word_at(self, offset: int) -> int:
        """The index of the word at, or else before, an inner offset."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def end_of(self, word: int) -> int:
        """The inner offset just behind a word."""
        return self.starts[word] + len(self.words[word])

    def received(self, start: int, end: int) -> tuple[int, int]:
        """The span of the received text, in code points and half-open, that an inner span came from."""
        if self._starts_received is None or self._ends_received is None or start >= end:
            return start, end
        return self._starts_received[start], self._ends_received[end - 1]


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):  # a few letters grow in lower case (U+0130): those stay as they are
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low if low.isascii() else low.translate(_APOSTROPHES)


def _normalise(received: str) -> tuple[str, list[int] | None, list[int] | None]:
    """NFKC, with the received start and end of every character; None and None where nothing moved."""
    if received.isascii() or (unicodedata.is_normalized("NFKC", received) and not _UNSEEN.search(received)):
        return received, None, None
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for run in _BEYOND_ASCII.finditer(received):
        begin = run.start()
        if begin > done and unicodedata.combining(received[begin]):
            begin -= 1  # the letter that a combining mark stands on
        parts.append(received[done:begin])
        starts.extend(range(done, begin))
        ends.extend(range(done + 1, begin + 1))
        for first, last in _clusters(received, begin, run.end()):
            piece = unicodedata.normalize("NFKC", _UNSEEN.sub("", received[first:last]))
            parts.append(piece)
            starts.extend([first] * len(piece))
            ends.extend([last] * len(piece))
        done = run.end()
    parts.append(received[done:])
    starts.extend(range(done, len(received)))
    ends.extend(range(done + 1, len(received) + 1))
    return "".join(parts), starts, ends


def _clusters(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Spans of one character with the combining marks that follow it."""
    bounds = [begin, *(i for i in range(begin + 1, end) if not unicodedata.combining(text[i])), end]
    return list(pairwise(bounds))
