"""Facts: what a text says, drawn once, before any rule looks at it.

A fact has a kind (a plain name such as `friend_request`) and the place where it stands. Kinds may carry a prefix:
`not:` (the words deny it), `quoted:` (it stands in quotation marks), `reply:` (it stands in the text being answered),
`attachment:` (in the words of an attachment). Circumstances are facts without a place: `audience:public`, `platform:x`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from governance.scoring.text import Text

PREFIXES = ("not:", "quoted:", "reply:", "attachment:")


@dataclass(slots=True)
class Fact:
    """One thing that a text says. `start` and `end` are inner offsets (see text.py), half-open, -1 for no place."""

    kind: str
    start: int = -1
    end: int = -1
    word: int = -1
    sentence: int = -1
    value: str = ""

    @property
    def has_place(self) -> bool:
        """Whether it stands in the post's own text, so that it can be marked."""
        return self.start >= 0


class Facts:
    """The facts of one text or post, by kind. Kinds that did not occur are absent."""

    __slots__ = ("by_kind",)

    def __init__(self) -> None:
        self.by_kind: dict[str, list[Fact]] = {}

    def add(self, fact: Fact) -> None:
        """Keep one fact under its kind."""
        known = self.by_kind.get(fact.kind)
        if known is None:
            self.by_kind[fact.kind] = [fact]
        else:
            known.append(fact)

    def state(self, kind: str, value: str = "") -> None:
        """Keep a circumstance: a fact without a place."""
        self.add(Fact(kind, value=value))

    def of(self, kind: str) -> list[Fact]:
        """The facts of one kind, in the order in which they were found."""
        return self.by_kind.get(kind, [])

    def has(self, *kinds: str) -> bool:
        """Whether a fact of any of these kinds was found."""
        return any(kind in self.by_kind for kind in kinds)

    def quote_from(self, other: Facts, prefix: str) -> None:
        """Take over the facts of another text (a reply, an attachment) under a prefix and without a place."""
        for kind, facts in other.by_kind.items():
            self.by_kind.setdefault(prefix + kind, []).extend(
                Fact(prefix + kind, value=f.value) for f in facts[:1]
            )

    def __iter__(self) -> Iterator[Fact]:
        for facts in self.by_kind.values():
            yield from facts


def standing(text: Text, kind: str, start: int, end: int, value: str = "") -> Fact:
    """A fact that stands at an inner span of a text."""
    word = text.word_at(start)
    sentence = text.sentences[word] if text.words else 0
    return Fact(kind, start, end, word, sentence, value)


def spread(facts: Iterable[Fact]) -> tuple[int, int]:
    """The inner span from the first to the last of some facts that have a place."""
    placed = [fact for fact in facts if fact.has_place]
    return min(fact.start for fact in placed), max(fact.end for fact in placed)
