"""A concern is closed once something was done about it and who raised it was told."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.concerns.models import Concern
from governance.concerns.policy import what_is_missing
from governance.kernel import clock
from governance.kernel.errors import Conflict
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.concern_steps import add_step, begin_following


def close_concern(
    session: Session, actor: Person, *, concern: Concern, version: int | None, words: str
) -> Concern:
    """Close it, with a last word that who raised it reads.

    Raises Conflict, naming what is missing or that it is closed, Invalid, or what `begin_following` raises.
    """
    begin_following(session, actor, concern, version)
    if concern.closed_at is not None:
        raise Conflict("This concern is closed already.")
    if missing := what_is_missing(concern):
        raise Conflict(f"Before it is closed, note {' and '.join(missing)}.")
    words = required(words.strip(), "words", "How it ended", 5_000)
    concern.closed_at, concern.closed_by = clock.now(), actor
    add_step(session, actor, concern, kind="closed", words=words)
    record(session, Event.CONCERN_CLOSED, concern.id, actor.id)
    return concern
