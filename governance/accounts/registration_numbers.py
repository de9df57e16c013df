"""The forms of regulators' registration numbers, where a source for the form can be named.

A number in the right form is not thereby a registration: whoever wants to know looks in the regulator's own register. A
regulator without a named source is taken as typed and shown as unchecked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from governance.kernel.errors import Invalid
from governance.kernel.text import required, storable

LONGEST_NUMBER = 40  # characters, as in the database
LONGEST_PROFESSION = 100


@dataclass(frozen=True)
class NumberForm:
    """The form of a number, what it looks like in words, and where that is written."""

    pattern: re.Pattern[str]
    words: str
    source: str


@dataclass(frozen=True)
class Regulator:
    """A regulator by its full name; `form` is None where no source for the number's form could be named."""

    name: str
    form: NumberForm | None = None


UK_CORE = "UK Core Implementation Guide (HL7 UK), Profile UKCore-Practitioner, identifier"
HCPC_CODES = ("AS", "BS", "CH", "CS", "DT", "HAD", "ODP", "OR", "OT", "PA", "PH", "PO", "PYL", "RA", "SL")
"""Profession codes of the HCPC's published 'Registrant snapshot', 1 November 2021."""

REGULATORS: dict[str, Regulator] = {
    "GMC": Regulator(
        "General Medical Council", NumberForm(re.compile(r"[0-9]{7}"), "7 digits, such as 9900001", UK_CORE)
    ),
    "NMC": Regulator(
        "Nursing and Midwifery Council",
        NumberForm(
            re.compile(r"[0-9]{2}[A-Z][0-9]{4}[A-Z]"),
            "2 digits, a letter, 4 digits and a letter, such as 99A9999A",
            "NHS England FHIR package uk.nhsdigital.r4, NHSDigitalPractitioner, constraint prac-nmc (NNANNNNA)",
        ),
    ),
    "GPhC": Regulator(
        "General Pharmaceutical Council",
        NumberForm(
            re.compile(r"[0-9]{7}"),
            "7 digits, such as 2999999",
            "NHS England FHIR package uk.nhsdigital.r4, NHSDigitalPractitioner, constraint prac-gphc (NNNNNNN)",
        ),
    ),
    "HCPC": Regulator(
        "Health and Care Professions Council",
        NumberForm(
            re.compile(rf"(?:{'|'.join(HCPC_CODES)})[0-9]{{1,6}}"),
            "the code of your profession and up to 6 digits, such as PH999999",
            "HCPC, 'How to check the Register': the profession code, then up to six numbers",
        ),
    ),
    "GDC": Regulator("General Dental Council"),
    "GOC": Regulator("General Optical Council"),
    "GOsC": Regulator("General Osteopathic Council"),
    "GCC": Regulator("General Chiropractic Council"),
    "PSNI": Regulator("Pharmaceutical Society of Northern Ireland"),
    "SWE": Regulator("Social Work England"),
}


@dataclass(frozen=True)
class Standing:
    """What a person says of their profession. `number` is in capitals without blanks."""

    profession: str
    regulator: str | None = None
    number: str | None = None


def check_standing(profession: str | None, regulator: str | None, number: str | None) -> Standing:
    """A person's profession, regulator and number, checked. Raises Invalid at `profession`, `regulator` or `number`."""
    named = required((profession or "").strip(), "profession", "Your profession", LONGEST_PROFESSION)
    if not regulator:
        if number and number.strip():
            raise Invalid(
                "Choose the regulator that gave you this number, or leave the number empty.", "regulator"
            )
        return Standing(named)
    if regulator not in REGULATORS:
        raise Invalid("Choose a regulator from the list, or 'None'.", "regulator")
    if not number or not number.strip():
        raise Invalid(f"Enter your registration number with the {REGULATORS[regulator].name}.", "number")
    storable(number, "number", "The registration number", LONGEST_NUMBER)
    written = re.sub(r"[\s-]+", "", number).upper()
    form = REGULATORS[regulator].form
    if form is not None and not form.pattern.fullmatch(written):
        raise Invalid(f"A {regulator} number has {form.words}. Check yours and type it again.", "number")
    if form is None:
        written = " ".join(number.split())
    return Standing(named, regulator, written)


def number_is_checked(regulator: str | None) -> bool:
    """Whether the form of this regulator's numbers is checked at all; the pages say so where it is not."""
    return regulator in REGULATORS and REGULATORS[regulator].form is not None
