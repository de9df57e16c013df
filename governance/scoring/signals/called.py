"""People by name where only the way it is written tells: 'wee Rory', 'Maureen, 78', 'yes THAT Tamsin', 'Gwynfor Hopkin'."""

from __future__ import annotations

import re

from governance.scoring.facts import Facts, standing
from governance.scoring.lexicon import FOLDER, lines
from governance.scoring.signals.names import GIVEN_NAMES
from governance.scoring.text import Text

KINDS = {
    "called_by_name": "Somebody in care is called by a name",
    "name_pair": "Two words in capitals that look like a given name and a surname",
    "addressed_by_name": "Somebody is spoken to by name at the start, or at the end of a sentence",
}

# Words in capitals that are no person's name although they stand where one would.
_NO_NAMES = frozenset(lines(FOLDER / "not_names.txt")) | frozenset(lines(FOLDER / "not_places.txt"))
_NAME = r"([A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?)"
_CARE_NOUN = (
    r"(?:notes|bloods|results|scan|smear|mum|mam|dad|wife|husband|daughter|son|family|carer|bed|room|meds|tablets|insulin|"
    r"dressings?|op|birthday|discharge|funeral|relatives|nan|gran|baby|trace|care|case|file|record|appointment)\b"
)
_CALLED = re.compile(
    r"\b(?:[Ww]ee|[Oo]ld|[Yy]oung|[Pp]oor|[Ll]ittle|[Ll]ovely|[Dd]ear|[Oo]ur|[Bb]ig) " + _NAME + r"\b(?!-)"
    r"|\b" + _NAME + r"'s " + _CARE_NOUN + r"|\b" + _NAME + r",? \(?(?:who is |he's |she's |aged )?\d{1,3}[,)]"
    r"|\b(?:THAT|RIP|R\.I\.P\.|[Ss]leep tight|[Ff]ly high|[Hh]appy birthday|[Nn]amed|[Cc]alled|[Mm]eet|[Ff]or|[Ww]ith) "
    + _NAME + r"(?= (?:in|on|from|who|off|and|is|was|has)\b|[,.!)]|$)"
    r"|\b" + _NAME + r" (?:in|from|off|on) (?:bed|bay|room|side|cubicle|cell|ward|resus|the (?:ward|unit|bay|corridor|landing))\b"
    r"|\b" + _NAME + r" (?:died|passed|rang the bell|went home|was admitted|was discharged|gave birth|had (?:his|her) \w+)\b"
)  # fmt: skip
_PAIR = re.compile(r"(?<![.!?] )(?<!^)(?<!\n)\b" + _NAME + r" ([A-Z][a-z']{2,}(?:-[A-Z][a-z]+)?)\b(?! [A-Z])")
_ADDRESSED = re.compile(
    r"\A(?:(?:Hi|Hello|Hiya|Dear|Sorry|Well|Thanks|Bless you|Ah|Oh|No),? )?" + _NAME + r"(?:,| (?:you|I|we|your|as)\b)"
    r"|, " + _NAME + r"(?=[.?!]|$)"
)  # fmt: skip


def detect(text: Text, facts: Facts) -> None:
    """Add the names. Capitals are looked at in the text as it was written; a text in capitals or small letters has none."""
    if text.seen == text.low:
        return
    for kind, pattern in (("called_by_name", _CALLED), ("addressed_by_name", _ADDRESSED)):
        for match in pattern.finditer(text.seen):
            name = next((group for group in match.groups() if group), "")
            if name and _is_name(name):
                facts.add(standing(text, kind, *match.span(), value=name))
    for match in _PAIR.finditer(text.seen):
        first, second = match.groups()
        if _is_name(first) and _is_name(second) and first.split("-")[0].lower() not in GIVEN_NAMES:
            facts.add(standing(text, "name_pair", *match.span(), value=match.group()))


def _is_name(word: str) -> bool:
    return word.split("-", maxsplit=1)[0].lower() not in _NO_NAMES
