"""People by name: a title with a surname, a given name with a surname, initials after a title."""

from __future__ import annotations

import re

from governance.scoring.facts import Facts, standing
from governance.scoring.lexicon import FOLDER, lines
from governance.scoring.text import Text

KINDS = {
    "titled_name": "A person named with a title (Mrs Example)",
    "lower_titled_name": "A person named with a title in small letters (mr example)",
    "full_name": "A person named in full (given name and surname)",
    "professional_name": "A doctor or nurse named with a title (Dr Example)",
}

GIVEN_NAMES = frozenset(lines(FOLDER / "given_names.txt"))
_SURNAME = r"(?:[A-Z][a-z]+(?:['-][A-Z][a-z]+)?|[A-Z]\.?(?![A-Za-z]))"
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|mr|mrs)\.? " + _SURNAME)
_LOWER_TITLED = re.compile(r"\b(?:mr|mrs) [a-z]{3,}\b|\b(?:mr|mrs|miss) [a-z]\b(?!')")
_PROFESSIONAL = re.compile(r"\b(?:Dr|Prof|Professor|Sister|Nurse|Matron)\.? [A-Z][a-z]+")
_FULL = re.compile(r"\b([A-Z][a-z]+) ([A-Z]['a-z][A-Za-z-]+)\b")
_OTHER_PEOPLE = re.compile(r" (?:and|or|whippy|right|wrong|nobody|the|blobby|bean|kipling|men)$")
_PUBLIC_FIGURES = re.compile(
    r" (?:Trump|Streeting|Hunt|Starmer|Farage|Hancock|Sunak|Johnson|Reeves|Badenoch|Musk|Kennedy|"
    r"Speaker|President|Minister|Justice)$"
)
_TITLE_WORDS = frozenset({"mr", "mrs", "ms", "miss", "mx"})
_PROFESSIONAL_WORDS = frozenset({"dr", "prof", "professor", "sister", "nurse", "matron"})


def detect(text: Text, facts: Facts) -> None:
    """Add the people; each search runs only where a title or a given name occurs at all."""
    if not text.vocabulary.isdisjoint(_TITLE_WORDS):
        _all(text, facts, "titled_name", _TITLED, _PUBLIC_FIGURES)
        _all(text, facts, "lower_titled_name", _LOWER_TITLED, _OTHER_PEOPLE)
    if not text.vocabulary.isdisjoint(_PROFESSIONAL_WORDS):
        _all(text, facts, "professional_name", _PROFESSIONAL, None)
    if not text.vocabulary.isdisjoint(GIVEN_NAMES):
        for match in _FULL.finditer(text.seen):
            if match.group(1).lower() in GIVEN_NAMES:
                facts.add(standing(text, "full_name", *match.span(), value=match.group()))


def _all(text: Text, facts: Facts, kind: str, pattern: re.Pattern[str], but: re.Pattern[str] | None) -> None:
    """Add every match of a pattern in the text as written, but those that `but` finds in."""
    for match in pattern.finditer(text.seen):
        if but is None or not but.search(match.group()):
            facts.add(standing(text, kind, *match.span(), value=match.group()))
