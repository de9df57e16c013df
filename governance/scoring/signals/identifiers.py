"""Direct identifiers by their form: NHS number, hospital number, date of birth, phone, e-mail, postcode, street address."""

from __future__ import annotations

import re

from nhs_number.validate import is_valid

from governance.scoring.facts import Facts, standing
from governance.scoring.text import Text

KINDS = {
    "nhs_number": "An NHS number (ten digits with a right check digit)",
    "hospital_number": "A hospital or record number",
    "date_of_birth": "A date of birth",
    "phone_number": "A telephone number",
    "email_address": "An e-mail address",
    "postcode": "A full postcode",
    "street_address": "A street address",
}

_TEN_DIGITS = re.compile(r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_DATE = r"\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\d{1,2}|[a-z]{3,9})[ ./-](?:19|20)?\d\d(?!\d)"
_BIRTH = re.compile(r"(?:\bd\.?o\.?b\.?|\bdate of birth|\bborn(?: on)?)(?: is| was)?[ :]{0,3}" + _DATE)
_RECORD = re.compile(
    r"\b(?:mrn|hosp(?:ital)? (?:no|num|number)|unit (?:no|number)|patient id|k number|chi(?: no| number)?|"
    r"record (?:no|number)|rxr)\.?[ :#]{0,3}[a-z]{0,3}\d{5,10}\b"
)
_PHONE = re.compile(r"(?<![\d.])(?:\+44 ?|0)(?:\d[ -]?){8,9}\d(?!\d)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}\b")
_STREET = re.compile(
    r"\b\d{1,4}[a-z]? (?:[a-z']{2,15} ){1,3}?"
    r"(?:street|road|avenue|lane|close|drive|terrace|crescent|gardens|grove|court|rd|ave)\b"
)


# What some of them cannot be without.
_BIRTH_HINTS = ("dob", "d.o", "do.b", "birth", "born")
_STREET_HINTS = (
    "street", "road", "avenue", "lane", "close", "drive", "terrace", "crescent", "gardens", "grove", "court", " rd", " ave",
)  # fmt: skip
_SHORTEST_PHONE, _SHORTEST_RECORD = 10, 5  # digits
_AROUND_POSTCODE = (3, 10)


def detect(text: Text, facts: Facts) -> None:
    """Add the identifiers; a text without a digit can only hold an e-mail address."""
    low = text.low
    if "@" in low:
        _all(text, facts, "email_address", _EMAIL)
    if not text.digits or not any(word[0].isdigit() or word[-1].isdigit() for word in text.words):
        return
    if any(hint in low for hint in _BIRTH_HINTS):
        _all(text, facts, "date_of_birth", _BIRTH)
    for match in text.around_digits(_POSTCODE, *_AROUND_POSTCODE):
        facts.add(standing(text, "postcode", *match.span()))
    if any(hint in low for hint in _STREET_HINTS):
        _all(text, facts, "street_address", _STREET)
    _long_numbers(text, facts)


def _long_numbers(text: Text, facts: Facts) -> None:
    lengths = [end - start for start, end in text.digits]
    if max(lengths) >= _SHORTEST_RECORD:
        _all(text, facts, "hospital_number", _RECORD)
    if sum(lengths) < _SHORTEST_PHONE:
        return
    _all(text, facts, "phone_number", _PHONE)
    for match in _TEN_DIGITS.finditer(text.low):
        if is_valid(re.sub(r"\D", "", match.group())):
            facts.add(standing(text, "nhs_number", *match.span()))


def _all(text: Text, facts: Facts, kind: str, pattern: re.Pattern[str]) -> None:
    for match in pattern.finditer(text.low):
        facts.add(standing(text, kind, *match.span()))
