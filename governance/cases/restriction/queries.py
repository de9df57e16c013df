"""Restricted cases in SQL."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from governance.cases.models import Case, CaseGuard, CasePart
from governance.cases.restriction.models import CaseNamed, CaseRestriction
from governance.cases.restriction.policy import may_be_named
from governance.cases.standing import ACTING, GUARDED_FROM_LINE
from governance.people.models import Person, Role
from governance.people.roles import CASEWORK, RoleName


def restricted() -> ColumnElement[bool]:
    """The condition on Case that it is restricted."""
    return exists().where(CaseRestriction.case_id == Case.id)


def named(person: Person) -> ColumnElement[bool]:
    """The condition on Case that `person` is named to see it; there are names only while it is restricted."""
    return exists().where(CaseNamed.case_id == Case.id, CaseNamed.person_id == person.id)


def inside(person: Person) -> ColumnElement[bool]:
    """The condition on Case that `person`, whom nothing keeps out, is inside it. Twin of policy.is_inside."""
    released = Case.stage != "held"
    acting = exists().where(
        CasePart.case_id == Case.id, CasePart.person_id == person.id, CasePart.part.in_(ACTING)
    )
    reasons = [
        Case.holder_id == person.id,
        and_(released, Case.decider_id == person.id),
        and_(released, acting),
        and_(released, named(person)),
    ]
    if RoleName.GUARDIAN in person.role_names:
        reasons.append(Case.stage == "held")
        reasons.append(exists().where(CaseGuard.case_id == Case.id, CaseGuard.guard == GUARDED_FROM_LINE))
    return or_(*reasons)


def possible_names(session: Session, case: Case) -> list[Person]:
    """Who could be named to see the case, by name."""
    works = Person.roles.any(Role.name.in_([role.value for role in CASEWORK]))
    query = select(Person).where(Person.active, works).options(joinedload(Person.department))
    people = session.scalars(query.order_by(Person.name, Person.id))
    return [one for one in people if may_be_named(one, case) is None]
