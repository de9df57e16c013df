"""Joining two cases about the same words of one author: when it is fair, and with which other."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.cases.desk.duplicates import nearly_the_same
from governance.cases.models import Case
from governance.cases.policy import can_hand_over
from governance.cases.routing import RANK
from governance.cases.sight import can_see
from governance.cases.standing import kept_out, part_of
from governance.people.models import Person

GOES_ON = ("triage", "review")
"""Stages of a case that may go on for another: the author has not answered it yet."""


def can_join(person: Person, case: Case) -> str | None:
    """Whoever holds the case, at its first look: nothing has been written in it that would be lost."""
    if kept := kept_out(person, case):
        return kept
    return can_hand_over(person, case)


def may_join(person: Person, case: Case, into: Case) -> str | None:
    """Whether `case` may be closed because `into` goes on for both. Nobody is worse off by it, and no protection is lost."""
    if case.id == into.id:
        return "A case cannot be joined with itself."
    if reason := can_join(person, into) or can_join(person, case):
        return reason
    if reason := _unlike(case, into):
        return reason
    for part in case.parts:
        if part.part in ("reporter", "complainant") and _acts_in(part.person, into):
            return "Somebody who acts in the case that would go on had a part in how this one came about."
    return None


def _unlike(case: Case, into: Case) -> str | None:
    """Why the two do not stand alike, whoever asks."""
    if case.stage != "triage" or into.stage not in GOES_ON:
        return "Only a case at its first look can be joined with another, before the author has answered."
    if case.subject_id != into.subject_id:
        return "These are posts of two people. Only cases about the same author can be joined."
    if not nearly_the_same(case.post.latest.text, into.post.latest.text):
        return "These posts do not say the same. Each needs a look of its own."
    if RANK[case.severity] > RANK[into.severity]:
        return "The more serious of the two goes on. Join them the other way round."
    if {guard.guard for guard in case.guards} - {guard.guard for guard in into.guards}:
        return "These two need a look each: they do not stand alike."
    return None


def joinable(session: Session, person: Person, case: Case) -> list[Case]:
    """The cases that could go on for `case`, the oldest first."""
    query = (
        select(Case)
        .where(Case.subject_id == case.subject_id, Case.id != case.id, Case.stage.in_(GOES_ON))
        .order_by(Case.id)
    )
    return [
        one for one in session.scalars(query) if can_see(person, one) and may_join(person, case, one) is None
    ]


def _acts_in(person: Person, case: Case) -> bool:
    return person.id in (case.holder_id, case.decider_id) or part_of(person, case) == "opinion"
