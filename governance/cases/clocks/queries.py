"""Reading clocks, as far as a person may know of them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from governance.cases.clocks.models import Clock, ClockNotice
from governance.cases.models import Case
from governance.cases.queries import visible_to
from governance.cases.sight import can_see_guards
from governance.people.models import Person


def stage_clocks(session: Session, person: Person, case: Case) -> list[Clock]:
    """The clocks of the case's stages, oldest first. That it was held is told to those who may know of guards alone."""
    query = (
        select(Clock)
        .where(Clock.case_id == case.id, Clock.task_id.is_(None))
        .options(selectinload(Clock.pauses))
        .order_by(Clock.id)
    )
    if not can_see_guards(person, case):
        query = query.where(Clock.stage != "held")
    return list(session.scalars(query))


def notices_for(session: Session, person: Person) -> list[ClockNotice]:
    """What the person was told of clocks that still run, in cases that they still see: the latest first."""
    query = (
        select(ClockNotice)
        .join(ClockNotice.clock)
        .join(Clock.case)
        .where(
            ClockNotice.person_id == person.id,
            Clock.stopped_at.is_(None),
            Clock.due_at.is_not(None),
            visible_to(person) | Clock.task_id.is_not(None),
        )
        .order_by(ClockNotice.told_at.desc(), ClockNotice.id.desc())
    )
    return list(session.scalars(query))
