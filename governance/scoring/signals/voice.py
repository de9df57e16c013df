"""The author's voice without an 'I': 'Sat with her till six', 'Just delivered twins', 'had a lad in resus'."""

from __future__ import annotations

from governance.scoring.facts import Fact, Facts
from governance.scoring.text import Text, is_end

KINDS = {"dropped_i": "The author tells of something they did, leaving the 'I' out"}

_OPENERS = frozenset(
    {"just", "finally", "only", "so", "and", "literally", "currently", "still", "once", "also", "ok", "omg"}
)
_DONE = frozenset(
    {"had", "saw", "sat", "met", "lost", "held", "nursed", "treated", "delivered", "looked", "accepted", "added", "followed",
     "discharged", "admitted", "seen", "told", "got", "gave", "found", "spent", "took", "lent", "started", "went", "been",
     "having", "seeing", "visiting", "visited", "googled", "triaged", "scanned", "operated", "wrote", "raised", "reported",
     "filmed", "swiped", "matched", "given", "helped", "caught", "cleaned", "dressed", "washed", "fuming", "swapped"}
)  # fmt: skip


def detect(text: Text, facts: Facts) -> None:
    """Add a fact for each sentence that opens with what the author did."""
    opening = True
    for at, word in enumerate(text.words):
        if is_end(word):
            opening = True
        elif opening and word in _DONE:
            facts.add(Fact("dropped_i", text.starts[at], text.end_of(at), at, text.sentences[at]))
            opening = False
        elif opening and word not in _OPENERS:
            opening = False
