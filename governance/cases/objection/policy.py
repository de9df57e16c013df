"""Who may object to whom, who decides it, and what stands still meanwhile. Pure."""

from __future__ import annotations

from governance.cases.models import Case
from governance.cases.objection.models import Objection
from governance.cases.restriction.policy import could_see
from governance.cases.standing import is_subject, kept_out, part_of
from governance.people.models import Person
from governance.people.roles import RoleName


def open_objections(case: Case) -> list[Objection]:
    """The objections that nobody has decided yet."""
    return [one for one in case.objections if one.decided_at is None]


def under_objection(person: Person, case: Case) -> str | None:
    """Why this person judges nothing now: an objection to them is not decided yet."""
    if any(one.person_id == person.id for one in open_objections(case)):
        return (
            "The author objected to your part in this case. Until that is decided you cannot go on; it says nothing "
            "against you."
        )
    return None


def can_object(person: Person, case: Case) -> str | None:
    """The author alone."""
    return None if person.active and is_subject(person, case) else "Only the author of the post objects here."


def may_be_objected_to(person: Person, case: Case, *, asked: bool) -> str | None:
    """Whether the author may object to this person: who holds or decides the case or is `asked` to judge in it.

    What somebody has written stands: the author answers to it, and may appeal.
    """
    if any(one.person_id == person.id for one in case.objections):
        return f"You have objected to {person.name} before. What was decided then is on the case's page."
    if kept_out(person, case) is not None or part_of(person, case) == "opinion":
        return f"{person.name} has no part in this case that is still to come."
    if asked or person.id in (case.holder_id, case.decider_id):
        return None
    return f"{person.name} has no part in this case that is still to come."


def may_decide_objection(person: Person, case: Case, objection: Objection) -> str | None:
    """HR, or the next up of the person objected to; another guardian while it is held. Never that person themself."""
    if kept := kept_out(person, case):
        return kept
    if any(one.person_id == person.id for one in (objection, *open_objections(case))):
        return "An objection to you waits to be decided, so somebody else decides this one."
    if not could_see(person, case):
        return "This case is restricted to named people."
    return None if _decides(person, case, objection) else _WHO[case.stage == "held"]


_WHO = {
    True: "While a guardian holds the case, another guardian decides the objection.",
    False: "HR decides the objection, or the line manager of the person whom it is to.",
}


def _decides(person: Person, case: Case, objection: Objection) -> bool:
    if case.stage == "held":
        return RoleName.GUARDIAN in person.role_names
    if RoleName.HR in person.role_names or is_next_up(person, case, objection):
        return True
    return case.restriction is not None and case.restriction.by_id == person.id


def is_next_up(person: Person, case: Case, objection: Objection) -> bool:
    """Whether this person is the line manager of whoever was objected to; a guarded case stays with HR."""
    return (
        RoleName.MANAGER in person.role_names
        and objection.person.line_manager_id == person.id
        and not case.guards
        and case.stage != "held"
    )


def can_decide_objection(person: Person, case: Case) -> str | None:
    """Whether there is an objection that this person decides."""
    objections = open_objections(case)
    if not objections:
        return "No objection waits to be decided."
    reasons = [may_decide_objection(person, case, one) for one in objections]
    return None if None in reasons else reasons[0]


def sees_by_objection(person: Person, case: Case) -> bool:
    """Whether an objection that waits lets this person see the case: who is to decide it must read it."""
    if case.stage == "held" or case.restriction is not None:
        return False
    return any(
        one.person_id != person.id and (RoleName.HR in person.role_names or is_next_up(person, case, one))
        for one in open_objections(case)
    )
