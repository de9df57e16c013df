"""Finding concerns: only for guardians and for who raised them."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from governance.concerns.models import Concern, ConcernTouched
from governance.concerns.policy import can_see
from governance.kernel.errors import Missing
from governance.people.models import Person


def concern_for(session: Session, person: Person, concern_id: int) -> Concern:
    """The concern. Raises Missing alike where there is none and where `person` may not know of it."""
    concern = session.get(Concern, concern_id)
    if concern is None or not can_see(person, concern):
        raise Missing("There is no such concern, or none that you may see.")
    return concern


def followed_by(person: Person, *, closed: bool = False) -> Select[Concern]:
    """The concerns that a guardian may follow, the longest open first; closed ones the latest first."""
    touching = select(ConcernTouched.concern_id).where(ConcernTouched.person_id == person.id)
    query = (
        select(Concern)
        .where(Concern.raised_by_id != person.id, Concern.id.not_in(touching))
        .options(joinedload(Concern.raised_by), selectinload(Concern.steps))
    )
    if closed:
        return query.where(Concern.closed_at.is_not(None)).order_by(Concern.closed_at.desc(), Concern.id)
    return query.where(Concern.closed_at.is_(None)).order_by(Concern.raised_at, Concern.id)


def raised_by(session: Session, person: Person) -> list[Concern]:
    """The concerns that a person raised, the latest first."""
    query = select(Concern).where(Concern.raised_by_id == person.id)
    return list(session.scalars(query.order_by(Concern.recorded_at.desc(), Concern.id.desc())))


def how_many_open(session: Session, person: Person) -> int:
    """The number of open concerns that a guardian may follow."""
    return (
        session.scalar(select(func.count()).select_from(followed_by(person).order_by(None).subquery())) or 0
    )
