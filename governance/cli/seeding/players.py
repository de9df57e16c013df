"""Who plays a part where the person whom a story names may not."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.cases.candidates import possible_deciders, unwritable
from governance.cases.models import Case
from governance.cases.policy import can_give_opinion, may_decide
from governance.cases.routing import kinds_of
from governance.people.models import Person


def decider_for(
    session: Session, case: Case, route: str, named: Person, writers: Collection[Person]
) -> Person:
    """`named` where they may decide, else the nearest who may and who is not to write an opinion."""
    if _could_decide(session, case, route, named):
        return named
    possible = (person for person in possible_deciders(session, case) if person not in writers)
    return next((person for person in possible if _could_decide(session, case, route, person)), named)


def _could_decide(session: Session, case: Case, route: str, person: Person) -> bool:
    return may_decide(person, case) is None and unwritable(session, case, kinds_of(route), person) is None


def opinion_writer(session: Session, case: Case, kind: str, named: Person) -> Person:
    """`named` where they may write this opinion, else the first who may."""
    if can_give_opinion(named, case, kind) is None:
        return named
    people = session.scalars(select(Person).where(Person.active).order_by(Person.id))
    return next((person for person in people if can_give_opinion(person, case, kind) is None), named)
