"""How a person stands to a case: their part in it, and what keeps them out. Pure, and what every policy begins with."""

from __future__ import annotations

from governance.cases.models import Case
from governance.people.models import Person
from governance.people.roles import RoleName

GUARDED_FROM_LINE = "protected_disclosure"
"""The guard that brings a case to the guardian first."""

KIND_ROLES = {
    "clinical": RoleName.CLINICAL_LEAD,
    "hr": RoleName.HR,
    "data_protection": RoleName.DPO,
}
"""Who writes which opinion."""

ACTING = ("decider", "opinion", "countersign", "appeal")
"""The parts of those who judge: whoever has one sees the case, and has no other."""

_AUTHOR = "This case is about a post of yours. You answer in it; somebody else acts."
_REPORTER = "You reported this post, so somebody else has to act in its case."
_COMPLAINANT = "You complained of this post, so somebody else has to act in its case."
_STEPPED_BACK = "You stepped back from this case, so you no longer act in it."
_LEFT = "Your place in the organisation is no longer active."


def is_subject(person: Person, case: Case) -> bool:
    """Whether the case is about a post of this person's."""
    return case.subject_id == person.id


def part_of(person: Person, case: Case) -> str | None:
    """The one part that a person has in a case, beside holding it."""
    return next((part.part for part in case.parts if part.person_id == person.id), None)


def has_stepped_back(person: Person, case: Case) -> bool:
    """Whether the person declared a conflict of interest, or was kept from the case."""
    return any(recusal.person_id == person.id for recusal in case.recusals)


def kept_out(person: Person, case: Case) -> str | None:
    """Nobody acts on a case of which they are subject, reporter or complainant, or from which they stepped back."""
    if not person.active:
        return _LEFT
    if is_subject(person, case):
        return _AUTHOR
    if part_of(person, case) == "reporter":
        return _REPORTER
    if part_of(person, case) == "complainant":
        return _COMPLAINANT
    if has_stepped_back(person, case):
        return _STEPPED_BACK
    return None


def has_guard(case: Case, name: str) -> bool:
    """Whether this guard is on the case."""
    return any(guard.guard == name for guard in case.guards)


_OTHER_PART = "they have a part in how it came about, so they cannot act in it."
"""Who reported is not told to whoever chooses among people."""


def of_another(reason: str) -> str:
    """What keeps somebody out, as the end of a sentence about them."""
    return {
        _AUTHOR: "it is about a post of theirs.",
        _REPORTER: _OTHER_PART,
        _COMPLAINANT: _OTHER_PART,
        _STEPPED_BACK: "they stepped back from it.",
        _LEFT: "they are no longer active.",
    }[reason]


def has_acted(person: Person, case: Case) -> bool:
    """Whether the person holds the case, has a part in it, or did anything in it."""
    return (
        case.holder_id == person.id
        or part_of(person, case) is not None
        or any(event.actor_id == person.id for event in case.events)
    )


def answers_to(person: Person, other_id: int | None) -> bool:
    """Whether `person` is managed by the other: they could not freely disagree with them."""
    return other_id is not None and person.line_manager_id == other_id
