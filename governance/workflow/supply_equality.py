"""Supplying characteristics for the fairness figures: the new file takes the place of all that was there."""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record, wait_turn
from governance.equality.csv_rows import read_rows
from governance.equality.models import EqualityFact, EqualitySupply
from governance.kernel import clock
from governance.kernel.errors import Refused
from governance.people.models import Person


def supply_equality(session: Session, actor: Person | None, *, content: bytes) -> EqualitySupply:
    """Keep the characteristics in the CSV `content` (see equality/csv_rows.py) and forget all earlier ones.

    `actor` None is whoever runs Probity on the server. Addresses of nobody here are counted, not kept; a file with its
    first line alone forgets everything. Raises Refused, or Invalid with what to mend.
    """
    if actor is not None and not actor.may("fairness.supply"):
        raise Refused("HR supplies these figures.")
    rows = read_rows(content)
    wait_turn(session)
    people = {
        email: person_id for person_id, email in session.execute(select(Person.id, func.lower(Person.email)))
    }
    known = [{"person_id": people[email], **row} for email, row in rows.items() if email in people]
    session.execute(delete(EqualityFact))
    if known:
        session.execute(insert(EqualityFact), known)
    supply = EqualitySupply(
        supplied_at=clock.now(),
        supplied_by_id=actor.id if actor else None,
        people=len(known),
        unknown=len(rows) - len(known),
    )
    session.add(supply)
    session.flush()
    record(
        session,
        Event.EQUALITY_SUPPLIED,
        supply.id,
        actor.id if actor else None,
        people=supply.people,
        unknown=supply.unknown,
    )
    return supply
