"""A guardian looks whether things began to happen to somebody after they spoke up. The look leaves a trace."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.concerns.happenings import check_for_retaliation
from governance.concerns.models import Concern
from governance.concerns.policy import can_follow
from governance.concerns.retaliation import Comparison
from governance.kernel import clock
from governance.kernel.errors import Refused
from governance.people.models import Person


def check_concern(session: Session, actor: Person, *, concern: Concern) -> Comparison:
    """The comparison, for a guardian alone: not even who raised the concern is shown who did what. Raises Refused."""
    if reason := can_follow(actor, concern):
        raise Refused(reason)
    record(session, Event.CONCERN_CHECKED, concern.id, actor.id, viewer_id=actor.id)
    return check_for_retaliation(session, concern, clock.now())
