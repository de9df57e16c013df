"""Places by the way they are written: 'from Whitehaven', 'the Wharf Street flats', 'Larkhill Surgery', 'one of the islands'."""

from __future__ import annotations

import re

from governance.scoring.facts import Facts, standing
from governance.scoring.lexicon import FOLDER, lines
from governance.scoring.text import Text

KINDS = {
    "place_by_form": "A place, by a preposition before a name in capitals (from Whitehaven)",
    "institution": "A street, school, home, ward or practice by name",
    "small_place": "A small place: a village, an island, a valley",
}

# Words in capitals after 'in' or 'from' that are no place a neighbour would know.
_NOT_PLACES = frozenset(lines(FOLDER / "not_places.txt"))
_PLACE = re.compile(
    r"\b(?:[Ff]rom|[Ii]n|[Nn]ear|[Oo]utside|[Rr]ound|[Oo]ver in|[Uu]p in|[Dd]own in) ([A-Z][a-z]{2,}(?:[ -][A-Z][a-z]+)?)\b"
)
_INSTITUTION = re.compile(
    r"\b[A-Z][a-z']+(?: [A-Z][a-z]+)? (?:St|Street|Road|Rd|Lane|Avenue|Terrace|Estate|High|Academy|Primary|Infirmary|"
    r"Hospital|Hospice|Surgery|Practice|Ward|Unit|House|Lodge|Court|College|University|[Uu]ni|General|Farm|Arms|Inn|"
    r"Medical|Medi|Medics|Clinic|Physio|Dental|Dentists?|Aesthetics|Skin|Laser|Pharmacy|Chemist|Ambulance|Healthcare|Ltd|Group)\b"
)
_SMALL = re.compile(
    r"\b(?:the|our|this|a|one of the) (?:\w+ )?(?:village|hamlet|islands?|isle|valley|glen|lighthouse|caravan park|"
    r"sheltered flats|croft|traveller site|convent|barracks)\b"
)
_SMALL_WORDS = frozenset(
    {"village", "hamlet", "island", "islands", "isle", "valley", "glen", "lighthouse", "caravan", "flats", "croft", "site",
     "convent", "barracks"}
)  # fmt: skip


def detect(text: Text, facts: Facts) -> None:
    """Add the places. Capitals are looked at in the text as it was written."""
    if not text.vocabulary.isdisjoint(_SMALL_WORDS):
        for match in _SMALL.finditer(text.low):
            facts.add(standing(text, "small_place", *match.span()))
    if text.seen == text.low:
        return
    for match in _PLACE.finditer(text.seen):
        if match.group(1).split()[0].split("-")[0].lower() not in _NOT_PLACES:
            facts.add(standing(text, "place_by_form", match.start(1), match.end(1)))
    for match in _INSTITUTION.finditer(text.seen):
        facts.add(standing(text, "institution", *match.span()))
