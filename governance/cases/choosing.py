"""Whom the product asks to countersign, to settle, or to hear an appeal: of those who may, whoever has the least to do.

The product chooses, so that nobody picks the person who is to check them; a holder who did not decide may name another.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from governance.cases.candidates import possible_hearers, possible_seconds
from governance.cases.countersigning import may_settle
from governance.cases.models import Appeal, Case, Countersignature
from governance.cases.standing import kept_out
from governance.kernel.errors import Conflict
from governance.people.models import Person
from governance.people.roles import RoleName


def second_person(session: Session, case: Case) -> Person:
    """Who countersigns: whoever wrote their own opinion before, else somebody new; HR first where a guard is on the case.

    Raises Conflict where there is nobody.
    """
    for one in reversed(case.countersignatures):
        if one.written_at and one.answer != "stepped_back" and kept_out(one.reviewer, case) is None:
            return one.reviewer
    return _first(session, case, possible_seconds(session, case), "countersign the decision")


def third_person(session: Session, case: Case) -> Person:
    """Who settles it where two have differed twice. Raises Conflict where there is nobody."""
    people = [one for one in possible_seconds(session, case) if may_settle(one, case) is None]
    return _first(session, case, people, "settle it as a third person")


def hearer(session: Session, case: Case) -> Person | None:
    """Who hears the appeal, or None where nobody can yet: an appeal is taken all the same."""
    people = possible_hearers(session, case)
    return _least_asked(session, case, people) if people else None


def _first(session: Session, case: Case, people: Sequence[Person], act: str) -> Person:
    if not people:
        raise Conflict(
            f"There is nobody who could {act}: everybody with the role has a part in this case, holds it, or answers to "
            "the person who decided. Ask your administrator to give another person the HR role, then try again."
        )
    return _least_asked(session, case, people)


def _least_asked(session: Session, case: Case, people: Sequence[Person]) -> Person:
    ids = [one.id for one in people]
    seconds = (
        select(Countersignature.reviewer_id, func.count())
        .where(Countersignature.reviewer_id.in_(ids), Countersignature.answer.is_(None))
        .group_by(Countersignature.reviewer_id)
    )
    hearings = (
        select(Appeal.hearer_id, func.count())
        .where(Appeal.hearer_id.in_(ids), Appeal.result.is_(None))
        .group_by(Appeal.hearer_id)
    )
    busy: dict[int | None, int] = {}
    for query in (seconds, hearings):
        for person_id, number in session.execute(query):
            busy[person_id] = busy.get(person_id, 0) + number

    def rank(person: Person) -> tuple[bool, int, int]:
        outside = bool(case.guards) and RoleName.HR not in person.role_names
        return (outside, busy.get(person.id, 0), person.id)

    return min(people, key=rank)
