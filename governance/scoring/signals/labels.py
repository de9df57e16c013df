"""Where an advertising label stands: it must be up front (ASA/CAP section 2), not among the last hashtags."""

from __future__ import annotations

from dataclasses import replace

from governance.scoring.facts import Facts
from governance.scoring.text import Text

KINDS = {
    "label_up_front": "An advertising label or declaration of interest at the start",
    "label_late": "An advertising label or declaration further down, where few will see it",
}

UP_FRONT_WORDS = 20


def detect(text: Text, facts: Facts) -> None:
    """Place each label found by the lexicons: among the first words or sentences, or late."""
    for fact in facts.of("ad_label"):
        early = fact.word < UP_FRONT_WORDS and (fact.word < 8 or not _only_hashtags_follow(text, fact.word))
        facts.add(replace(fact, kind="label_up_front" if early else "label_late"))


def _only_hashtags_follow(text: Text, word: int) -> bool:
    """Whether the label is part of a tail of hashtags."""
    return text.words[word].startswith("#") and all(w.startswith(("#", "@")) for w in text.words[word:])
