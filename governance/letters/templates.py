"""The wording of letters: one file a kind in wording/, read once, filled in by a sandboxed Jinja.

A file says whom the letter is to, what it is called, and what it cannot do without: a value that is missing stops with
the words of `needs`. Text in [[double brackets]] is for the sender to fill in; while any is left the letter is not sent.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from governance.kernel.errors import Invalid
from governance.letters.models import LETTER_KINDS

WORDING = Path(__file__).parent / "wording"
RECIPIENTS = ("author", "reporter")
LEFT_OPEN = re.compile(r"\[\[.*?\]\]", re.DOTALL)
KEYS = {"title", "to", "when", "heading", "body", "needs"}


@dataclass(frozen=True)
class LetterTemplate:
    """The wording of one kind. `needs` maps the name of a value to what to do where the case does not have it yet."""

    kind: str
    title: str
    to: str
    when: str
    heading: str
    body: str
    needs: Mapping[str, str]


@dataclass(frozen=True)
class Draft:
    """A letter that is filled in and not sent yet."""

    heading: str
    body: str


@cache
def letter_templates() -> Mapping[str, LetterTemplate]:
    """Every kind's wording, in the order of LETTER_KINDS. ValueError, naming the file, where one cannot be read."""
    return {kind: read_template(kind, (WORDING / f"{kind}.toml").read_text("utf-8")) for kind in LETTER_KINDS}


def read_template(kind: str, text: str) -> LetterTemplate:
    """The wording in `text`. ValueError says what is wrong with it."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{kind}.toml cannot be read: {error}") from error
    if given.keys() != KEYS:
        raise ValueError(f"{kind}.toml needs exactly {sorted(KEYS)}, and has {sorted(given)}")
    if given["to"] not in RECIPIENTS:
        raise ValueError(f"{kind}.toml: 'to' must be one of {RECIPIENTS}")
    template = LetterTemplate(kind=kind, **given)
    for part in (template.heading, template.body):
        try:
            _environment().from_string(part)
        except TemplateError as error:
            raise ValueError(f"{kind}.toml: {error}") from error
    return template


def fill(template: LetterTemplate, values: Mapping[str, str | None]) -> Draft:
    """The letter with its values. Raises Invalid, in words for a page, where the case lacks something it needs."""
    missing = [words for name, words in template.needs.items() if not values.get(name)]
    if missing:
        raise Invalid(" ".join(missing))
    known = {name: value for name, value in values.items() if value is not None}
    try:
        heading = _environment().from_string(template.heading).render(known)
        body = _environment().from_string(template.body).render(known)
    except TemplateError as error:
        raise Invalid(f"This letter cannot be written yet: {error.message}.") from error
    return Draft(heading.strip(), body.strip() + "\n")


def left_open(text: str) -> list[str]:
    """The places in double brackets that the sender has not filled in."""
    return [" ".join(found.split()) for found in LEFT_OPEN.findall(text)]


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    """Plain text: nothing is escaped here, pages and the case bundle escape what they print."""
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
