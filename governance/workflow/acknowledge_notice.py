"""A person says that they have read the monitoring notice."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.kernel import clock
from governance.kernel.errors import Conflict
from governance.people.models import Acknowledgement, Person
from governance.people.queries import acknowledgement_of, current_notice


def acknowledge_notice(session: Session, actor: Person, *, number: int) -> Acknowledgement:
    """Note that `actor` has read notice `number`; once is enough, a second time gives the first row.

    Raises Conflict where a newer notice stands than the one they read.
    """
    notice = current_notice(session)
    if notice.number != number:
        raise Conflict("A newer notice has been published since you opened this page. Please read that one.")
    known = acknowledgement_of(session, actor.id, notice.id)
    if known is not None:
        return known
    acknowledgement = Acknowledgement(person=actor, notice=notice, acknowledged_at=clock.now())
    session.add(acknowledgement)
    session.flush()
    record(session, Event.NOTICE_ACKNOWLEDGED, notice.id, actor.id, person_id=actor.id)
    return acknowledgement
