"""Objections in SQL, and whom the author may object to."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import Session

from governance.cases.candidates import possible_writers
from governance.cases.models import Case, CaseGuard
from governance.cases.objection.models import Objection
from governance.cases.objection.policy import can_decide_objection, may_be_objected_to
from governance.people.models import Person
from governance.people.roles import RoleName


def seen_by_objection(person: Person) -> ColumnElement[bool]:
    """The condition on Case of policy.sees_by_objection; that it is not restricted is asked elsewhere."""
    to_another = exists().where(
        Objection.case_id == Case.id, Objection.decided_at.is_(None), Objection.person_id != person.id
    )
    ways: list[ColumnElement[bool]] = []
    if RoleName.HR in person.role_names:
        ways.append(to_another)
    if RoleName.MANAGER in person.role_names:
        reports = select(Person.id).where(Person.line_manager_id == person.id)
        of_theirs = to_another.where(Objection.person_id.in_(reports))
        ways.append(and_(of_theirs, ~exists().where(CaseGuard.case_id == Case.id)))
    return and_(Case.stage != "held", or_(*ways)) if ways else ~true()


def not_under_objection(person: Person) -> ColumnElement[bool]:
    """The condition on Case that no open objection to `person` stops them. Twin of policy.under_objection."""
    return ~exists().where(
        Objection.case_id == Case.id, Objection.person_id == person.id, Objection.decided_at.is_(None)
    )


def open_to_objection(session: Session, case: Case) -> list[Person]:
    """Whom the author may object to now: who holds or decides it first, then who may be asked for an opinion."""
    asked = possible_writers(session, case)
    first = [case.holder] + ([case.decider] if case.decider else [])
    people = {one.id: one for one in [*first, *asked]}
    ids = {one.id for one in asked}
    return [one for one in people.values() if may_be_objected_to(one, case, asked=one.id in ids) is None]


def with_open_objections(session: Session, person: Person) -> list[Case]:
    """Cases with an objection that `person` may decide now, the longest waiting first."""
    if not person.may("case.decide_objection"):
        return []
    query = (
        select(Case)
        .join(Objection, Objection.case_id == Case.id)
        .where(Objection.decided_at.is_(None), Objection.person_id != person.id)
        .order_by(Objection.raised_at)
    )
    return [one for one in session.scalars(query).unique() if can_decide_objection(person, one) is None]
