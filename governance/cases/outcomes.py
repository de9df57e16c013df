"""The ladder of outcomes as data: what each asks, whether it is formal, and which kinds of consequence it can have.

Ordered from the least to the most that it can mean for the author. Which of them exist, and which count as formal, is
our own reading of the ladder: check local policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CONSEQUENCE_WORDS = {
    "employment": "employment",
    "regulatory": "registration with a regulator",
    "legal": "the law",
    "financial": "money",
}
"""The kinds of consequence that an outcome can have, as words for a page."""


@dataclass(frozen=True)
class Outcome:
    """One rung. `formal` ones need a second person; `consequences` are keys of CONSEQUENCE_WORDS, none for none."""

    id: str
    title: str
    meaning: str
    consequences: tuple[str, ...]
    formal: bool = False


_LADDER = (
    Outcome("no_action", "No action", "Nothing further is asked of the author.", ()),
    Outcome(
        "supportive_conversation",
        "A supportive conversation",
        "Somebody the author trusts talks it through with them. No record beyond this case.",
        (),
    ),
    Outcome(
        "reflection",
        "A written reflection",
        "The author writes what they would do another time, and keeps it for their own portfolio.",
        (),
    ),
    Outcome("learning", "Learning", "The author takes up agreed learning.", ("employment",)),
    Outcome(
        "edit_or_takedown",
        "Edit the post or take it down",
        "The author is asked to change the post, or to remove it.",
        ("employment",),
    ),
    Outcome(
        "declaration_of_interest",
        "Declare an interest",
        "The author adds the missing declaration to the post and to the register.",
        ("employment", "financial"),
    ),
    Outcome(
        "informal_resolution",
        "Informal resolution",
        "The people concerned put it right between them, with help.",
        ("employment",),
    ),
    Outcome(
        "data_protection_report",
        "Report as a personal data breach",
        "The data protection officer decides whether the regulator for personal data is told. It is the organisation "
        "that reports, and the organisation that answers.",
        ("legal", "financial"),
    ),
    Outcome(
        "formal_investigation",
        "A formal investigation",
        "Named people look into it under the organisation's own procedure. It is not a finding.",
        ("employment", "regulatory", "financial"),
        formal=True,
    ),
    Outcome(
        "referral_considered",
        "A referral to the regulator, considered",
        "Whether the regulator is told is weighed with its own adviser first, and the reasons are kept either way.",
        ("employment", "regulatory", "financial"),
        formal=True,
    ),
    Outcome(
        "police",
        "Tell the police",
        "What was posted may be a crime. The police decide what follows.",
        ("employment", "regulatory", "legal", "financial"),
        formal=True,
    ),
)

LADDER: Mapping[str, Outcome] = {one.id: one for one in _LADDER}
"""Every outcome by its id, from the least to the most."""

OUTCOMES = tuple(LADDER)
FORMAL = frozenset(one.id for one in _LADDER if one.formal)
"""The outcomes that one person alone cannot issue."""


def weight(outcome: str) -> int:
    """How far up the ladder an outcome stands. KeyError for one that is not on it."""
    return OUTCOMES.index(LADDER[outcome].id)


def lighter(outcome: str) -> tuple[str, ...]:
    """The outcomes that ask less than `outcome`: what an appeal may vary it to."""
    return OUTCOMES[: weight(outcome)]


def consequences_of(outcome: str) -> list[str]:
    """The kinds of consequence that it can have, as words."""
    return [CONSEQUENCE_WORDS[kind] for kind in LADDER[outcome].consequences]
