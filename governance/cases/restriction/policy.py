"""Who is inside a restricted case, and who may restrict one. Pure.

`is_inside` has a twin in SQL, `inside` in restriction/queries.py; a test holds `can_see` and `visible_to` equal.
"""

from __future__ import annotations

from governance.cases.models import Case
from governance.cases.standing import ACTING, GUARDED_FROM_LINE, has_guard, kept_out, part_of
from governance.people.models import Person
from governance.people.roles import RoleName

RESTRICTING = frozenset({RoleName.HR, RoleName.GUARDIAN, RoleName.DPO})


def is_named(person: Person, case: Case) -> bool:
    """Whether this person is named to see the case."""
    return any(one.person_id == person.id for one in case.named)


def is_inside(person: Person, case: Case) -> bool:
    """Whether a person whom nothing keeps out sees the restricted case: who acts in it, and who is named.

    A role alone opens nothing, but for the guardian's: what was raised in the public interest stays with the guardians.
    """
    guardian = RoleName.GUARDIAN in person.role_names
    if guardian and (case.stage == "held" or has_guard(case, GUARDED_FROM_LINE)):
        return True
    if case.stage == "held":
        return case.holder_id == person.id
    return (
        person.id in (case.holder_id, case.decider_id)
        or part_of(person, case) in ACTING
        or is_named(person, case)
    )


def could_see(person: Person, case: Case) -> bool:
    """Whether a restriction leaves this person room to be asked for something in the case; True without one."""
    return case.restriction is None or is_inside(person, case)


def can_restrict(person: Person, case: Case) -> str | None:
    """HR, the guardian and data protection, where they see the case; a held one the guardian alone."""
    if kept := kept_out(person, case):
        return kept
    if not RESTRICTING & person.role_names:
        return "HR, the guardian or the data protection officer restrict a case to named people."
    if case.stage == "held" and RoleName.GUARDIAN not in person.role_names:
        return "While the guardian holds it, the guardian restricts it."
    return None


def can_lift(person: Person, case: Case) -> str | None:
    """As restricting; there must be a restriction."""
    if case.restriction is None:
        return "This case is not restricted."
    return can_restrict(person, case)


def may_be_named(person: Person, case: Case) -> str | None:
    """Whether this person may be named: nobody whom something keeps out."""
    if kept_out(person, case) is not None:
        return f"{person.name} cannot be named: something keeps them out of this case."
    if not person.may("case.queue"):
        return f"{person.name} cannot be named: their role does not work on cases."
    return None
