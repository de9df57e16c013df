"""A guardian names somebody whom a concern touches: it is about them, or they had reason to mind that it was raised."""

from __future__ import annotations

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from governance.audit.events import Event
from governance.audit.record import record
from governance.concerns.models import Concern, ConcernTouched
from governance.concerns.policy import is_touched
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.concern_steps import begin_following


def name_touched(
    session: Session,
    actor: Person,
    *,
    concern: Concern,
    version: int | None,
    person: Person | None,
    why: str,
) -> ConcernTouched:
    """Name `person`, who then cannot see or follow the concern as a guardian. It may be done after closing, too.

    Raises Invalid with the field, or what `begin_following` raises.
    """
    begin_following(session, actor, concern, version)
    why = required(why.strip(), "why", "Why the concern touches them", 2_000)
    if person is None:
        raise Invalid("Choose the person.", "person")
    if person.id == concern.raised_by_id:
        raise Invalid("Who raised the concern is not named here.", "person")
    if person.id == actor.id:
        raise Invalid(
            "If the concern touches you, ask another guardian to follow it and to name you.", "person"
        )
    if is_touched(person, concern):
        raise Invalid(f"{person.name} is named already.", "person")
    named = ConcernTouched(concern=concern, person=person, why=why, named_by=actor, named_at=clock.now())
    session.add(named)
    flag_modified(concern, "about")
    session.flush()
    record(session, Event.CONCERN_TOUCHES, concern.id, actor.id, person_id=person.id)
    return named
