"""All words and phrases of the lexicons, in one pass."""

from __future__ import annotations

from governance.scoring.facts import Fact, Facts
from governance.scoring.lexicon import shipped
from governance.scoring.text import Text

KINDS: dict[str, str] = {kind: entry.about for kind, entry in shipped().entries.items()}


def detect(text: Text, facts: Facts) -> None:
    """Add a fact for each phrase; where a kind asks for a capital, only where its first letter is one."""
    entries = shipped().entries
    found = shipped().phrases.find(text)
    if not found:
        return
    starts, sentences = text.starts, text.sentences
    for kind, first, behind in found:
        start = starts[first]
        if not entries[kind].capital or text.seen[start].isupper():
            facts.add(Fact(kind, start, text.end_of(behind - 1), first, sentences[first]))
