"""Ages: '82 year old', '82yo', 'aged 82', '41 f', 'F78', 'in her eighties', 'four weeks old'. `value` is years where known."""

from __future__ import annotations

import re

from governance.scoring.facts import Facts, standing
from governance.scoring.text import Text

KINDS = {
    "exact_age": "Somebody's age in years",
    "age_band": "Somebody's age to about ten years, or an age in weeks or months",
    "clinical_shorthand": "A person in the shorthand of notes: age and sex (78F, 43 yo male, F in her 60s)",
}

_WORD_NUMBER = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
_EXACT = re.compile(
    r"\b(\d{1,3})[ -]?(?:years?|yrs?|yr|y)[ -]?(?:old|o)\b|\b(\d{1,3})[ -]?y/?o\b|\baged? (\d{1,3})\b(?!%)"
    r"|\b(\d{2}) ?[mf]\b(?![\w/])|(?<!['\w])[mf] ?(\d{2})\b|\b(?:lad|girl|boy|man|woman|lady|gent|chap|bloke) of (\d{1,3})\b"
    r"|\b(?:" + _WORD_NUMBER + r"[ -])?" + _WORD_NUMBER + r"[ -]years?[ -]old\b"
)
_SHORTHAND = re.compile(
    r"\b\d{1,3} ?(?:(?:yr|year)s?[ -]?olds?|y\.?/?o\.?|yrs?)? ?(?:[mf]\b(?![\w/])|(?:male|female)s?\b)|(?<!['\w])[mf] ?\d{2}\b"
    r"|\b(?:male|female|[mf]) in (?:his|her|their) (?:early |mid |late )?[2-9]0s\b"
)
_SHORTHAND_HINT = re.compile(r"\d ?(?:[mf]\b|y\.?/?o|yrs? |year)|\b[mf] ?\d\d\b|\b(?:male|female|[mf]) in h")
_PLAIN = re.compile(
    r"\b(?:man|woman|lad|lass|girl|boy|bloke|fella|chap|gent|gentleman|lady|mum|dad|patient|pt|guy|kid|he|she),? "
    r"(?:of |is |was |aged |she's |he's |only |just |nearly |almost )?(\d{1,3})\b"
    r"(?=[,.;:!)]| (?:with|who|and|in|from|has|had|years|came|stage)|$)"
    r"|\b(?:nearly|almost|turned|turning|just|only|at|aged|about|around) (\d{2})"
    r"(?= and (?:still|never|fit|on)|, (?:still|with|never|fit|two|no))"
)
_BAND = re.compile(
    r"\b(?:late |early |mid[ -]?)?(?:[2-9]0'?s|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b"
    r"|\b(?:\d{1,2}|"
    + _WORD_NUMBER
    + r") (?:days?|weeks?|months?)[ -]old\b|\bteen(?:ager?)?\b|\btoddler\b|\bnewborn\b"
)
_BAND_HINTS = ("0s", "0's", "ties", "old", "teenage", "toddler", "newborn")
_BAND_WORDS = re.compile(r"0'?s\b|ties\b|\bold\b|teenage|toddler|newborn")
# The most characters of an age before its digits and behind them, with what is looked at around it.
_AROUND_EXACT, _AROUND_PLAIN, _AROUND_SHORTHAND = (12, 16), (20, 16), (26, 26)


def detect(text: Text, facts: Facts) -> None:
    """Add the ages. An age over 120 is none."""
    low = text.low
    in_words = "year" in low and "old" in low
    for match in _EXACT.finditer(low) if in_words else text.around_digits(_EXACT, *_AROUND_EXACT):
        digits = next((group for group in match.groups() if group), "")
        if not digits or int(digits) <= 120:
            facts.add(standing(text, "exact_age", *match.span(), value=digits))
    for match in text.around_digits(_PLAIN, *_AROUND_PLAIN):
        digits = match.group(1) or match.group(2)
        if 0 < int(digits) <= 110:
            facts.add(standing(text, "exact_age", *match.span(), value=digits))
    shorthand = list(text.around_digits(_SHORTHAND, *_AROUND_SHORTHAND))
    if shorthand and _SHORTHAND_HINT.search(low):
        for match in shorthand:
            facts.add(standing(text, "clinical_shorthand", *match.span()))
    if any(hint in low for hint in _BAND_HINTS) and _BAND_WORDS.search(low):
        for match in _BAND.finditer(low):
            facts.add(standing(text, "age_band", *match.span()))
