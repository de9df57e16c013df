"""Jigsaw identifiability: how many people could this post describe?

Details of another person (age, sex, place, date, condition, family, job, event) are counted over this post and the
author's recent ones. Where public figures exist for a detail the number of people is estimated and the arithmetic shown;
a detail without a figure can only make the true number smaller, so the answer then says 'at most'. 'unknown' is an answer.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from governance.scoring.facts import Fact, Facts

FIGURES = Path(__file__).parent / "populations.toml"

# Each sort of detail, and the kinds of facts that give it.
DETAILS = MappingProxyType(
    {
        "age": ("exact_age", "age_band"),
        "sex": ("person_female", "person_male"),
        "place": ("small_place", "town", "institution", "named_place", "place_by_form", "bed_or_ward"),
        "date": ("calendar_date", "recent_day"),
        "condition": ("rare_condition", "condition"),
        "family": ("family_detail",),
        "job": ("occupation",),
        "event": ("striking_event",),
    }
)
# How far each kind of detail narrows the field, in quarters of a fully telling detail (a named village, a year of age).
# Set by judgement, held by tests: a sex or a common condition alone tells a reader little, a job or a rare disease much.
_TELLING = MappingProxyType(
    {
        "exact_age": 4, "age_band": 2, "person_female": 1, "person_male": 1,
        "small_place": 4, "town": 4, "institution": 4, "named_place": 4, "place_by_form": 3, "bed_or_ward": 3,
        "calendar_date": 3, "recent_day": 2,
        "rare_condition": 6, "condition": 2, "family_detail": 2, "occupation": 5, "striking_event": 4,
    }
)  # fmt: skip
_RECOGNISABLE = MappingProxyType(
    {"recognisable_little": 5, "recognisable_some": 8, "recognisable_likely": 11, "recognisable_surely": 14}
)
_SPOKEN_OF = ("patient_reference", "person_in_bed", "clinical_shorthand", "titled_name", "care_given")
_LEVELS = (2, 3, 4, 5)
_FEW_PEOPLE = 100

KINDS = MappingProxyType(
    {
        "identifying_detail": "A detail that helps to recognise another person",
        **{
            f"details_{n}": f"At least {n} different sorts of identifying details about one person"
            for n in _LEVELS
        },
        "recognisable_little": "A detail or two that only somebody very close would know by",
        "recognisable_some": "The details together tell a little: somebody close might know who it is",
        "recognisable_likely": "The details together tell much: people who know this person would likely know",
        "recognisable_surely": "The details together tell nearly all: people who know this person would know",
        "few_people": f"At most {_FEW_PEOPLE} people fit the description",
    }
)


@dataclass(frozen=True, slots=True)
class Factor:
    """One step of the arithmetic: the number so far is multiplied by `share`; None where there is no public figure."""

    detail: str
    words: str
    share: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Jigsaw:
    """How many people fit. `people` None means unknown; `at_most` that some details had no figure."""

    details: tuple[str, ...]
    people: int | None
    at_most: bool
    start: int
    start_words: str
    factors: tuple[Factor, ...]
    used_posts: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The answer in one sentence."""
        if self.people is None:
            return "We cannot say how many people this could describe."
        about = f"{_two_figures(self.people):,} people in {self.start_words}"
        if not self.at_most:
            return f"About {about} fit this."
        without = sum(factor.share is None for factor in self.factors)
        return (
            f"Fewer than about {about} fit this: {without} of the {len(self.factors)} details have no public figure, "
            "and each makes the number smaller, perhaps down to one person."
        )


def _two_figures(people: int) -> int:
    """`people` to two significant figures: shares of a whole country know no more."""
    return int(float(f"{people:.2g}"))


@cache
def _figures() -> dict[str, dict[str, float | str]]:
    return tomllib.loads(FIGURES.read_text(encoding="utf-8"))


def estimate(facts: Facts, recent: Sequence[tuple[str, Facts]], profile_place: str | None) -> Jigsaw | None:
    """Count the details about another person and state them as facts; None where nobody else is described."""
    if not facts.has(*_SPOKEN_OF) and not (facts.has("a_person") and facts.has("care_setting")):
        return None
    pieces, used = _pieces(facts, recent)
    own = [fact for kinds in DETAILS.values() for kind in kinds for fact in facts.of(kind)]
    for fact in own:
        facts.add(replace(fact, kind="identifying_detail"))
    for level in _LEVELS:
        if len(pieces) >= level:
            facts.state(f"details_{level}")
    telling = sum(_TELLING.get(fact.kind, 0) for fact in pieces.values())
    for name, least in _RECOGNISABLE.items():
        if telling >= least:
            facts.state(name)
    picture = _count(pieces, used, profile_place)
    if picture.people is not None and picture.people <= _FEW_PEOPLE:
        facts.state("few_people")
    return picture


def _pieces(facts: Facts, recent: Sequence[tuple[str, Facts]]) -> tuple[dict[str, Fact], list[str]]:
    """The most telling fact for each sort of detail, and the earlier posts that added one.

    An earlier post counts only where it speaks of another person too; the post itself comes first.
    """
    pieces: dict[str, Fact] = {}
    used = []
    for post_id, found in [("", facts), *recent]:
        if post_id and not found.has(*_SPOKEN_OF):
            continue
        for detail, kinds in DETAILS.items():
            fact = next((f for kind in kinds for f in found.of(kind)), None)
            if fact is not None and detail not in pieces:
                pieces[detail] = fact
                if post_id and post_id not in used:
                    used.append(post_id)
    return pieces, used


def _count(pieces: dict[str, Fact], used: list[str], profile_place: str | None) -> Jigsaw:
    figures = _figures()
    factors = tuple(_factor(detail, fact) for detail, fact in pieces.items())
    shares = [factor.share for factor in factors if factor.share is not None]
    start = int(figures["start"]["people"])
    people: int | None = None
    if shares:
        number = float(start)
        for share in shares:
            number *= share
        people = max(round(number), 1)
    words = str(figures["start"]["words"])
    without = any(factor.share is None for factor in factors) or bool(profile_place)
    return Jigsaw(tuple(pieces), people, without, start, words, factors, tuple(used))


def _factor(detail: str, fact: Fact) -> Factor:
    figure = _figures().get(fact.kind)
    if figure is None:
        return Factor(detail, fact.kind, None, "no public figure is held for this")
    return Factor(detail, str(figure["words"]), float(figure["share"]), str(figure["source"]))
