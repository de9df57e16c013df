"""Polarity: whether a fact is said, denied ('I don't accept friend requests') or only quoted.

A fact that is denied becomes `not:<kind>`, one that is quoted `quoted:<kind>`, unless its lexicon entry says that it counts
despite that. Denial is a negating word up to three words before it in the same sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from operator import itemgetter

from governance.scoring.facts import Fact, Facts
from governance.scoring.lexicon import Entry
from governance.scoring.text import Text

REACH = 3
_QUOTATION = re.compile(
    r"\"[^\"\n]{2,300}\"|\u201c[^\u201d\n]{2,300}\u201d|(?<!\w)['\u2018][^'\u2018\u2019\n]{2,200}['\u2019](?!\w)"
)
_MARKS = re.compile("[\"'\u201c\u2018]")
_WHOLE = 0.7  # a text that is nearly all in quotation marks is the author's own


def settle(text: Text, found: Facts, entries: Mapping[str, Entry]) -> Facts:
    """The same facts, with those denied or quoted under their own kinds."""
    negators = _negating_words(text, found)
    quotations = _quotations(text)
    if not negators and not quotations:
        return found
    settled = Facts()
    for fact in found:
        settled.add(_settled(text, fact, entries.get(fact.kind), negators, quotations))
    return settled


def _settled(
    text: Text, fact: Fact, entry: Entry | None, negators: frozenset[int], quotations: list[tuple[int, int]]
) -> Fact:
    if entry is None:
        return fact
    if "quotation" not in entry.despite and _inside(fact, quotations):
        return replace(fact, kind="quoted:" + fact.kind)
    if "negation" not in entry.despite:
        for word in range(fact.word - 1, max(fact.word - REACH, 0) - 1, -1):
            if text.sentences[word] != fact.sentence:
                break
            if word in negators:
                return replace(fact, kind="not:" + fact.kind)
    return fact


def _inside(fact: Fact, quotations: list[tuple[int, int]]) -> bool:
    """Whether a fact stands in one of the quotations, which follow each other and never overlap."""
    before = bisect_right(quotations, fact.start, key=itemgetter(0)) - 1
    return before >= 0 and fact.end <= quotations[before][1]


def _negating_words(text: Text, found: Facts) -> frozenset[int]:
    """The words that negate: all negators but those inside an idiom that does not ('not only', 'don't forget')."""
    idioms = [(fact.start, fact.end) for fact in found.of("negation_idiom")]
    return frozenset(
        fact.word
        for fact in found.of("negator")
        if text.low[fact.end : fact.end + 1] != ","  # 'No, ...' answers; it does not deny what follows
        and not any(a <= fact.start and fact.end <= b for a, b in idioms)
    )


def _quotations(text: Text) -> list[tuple[int, int]]:
    if not _MARKS.search(text.seen):
        return []
    longest = len(text.seen) * _WHOLE
    return [m.span() for m in _QUOTATION.finditer(text.seen) if m.end() - m.start() < longest]
