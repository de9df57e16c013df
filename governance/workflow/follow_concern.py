"""A step in following a concern: passed on to somebody, something done, the person told, or a note."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.concerns.models import Concern, ConcernStep
from governance.kernel.errors import Conflict, Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.concern_steps import add_step, begin_following

KINDS = ("passed_on", "done", "told", "note")


def follow_concern(
    session: Session,
    actor: Person,
    *,
    concern: Concern,
    version: int | None,
    kind: str,
    words: str,
    to_whom: str = "",
) -> ConcernStep:
    """Note a step; `to_whom` is for what was passed on. Who raised the concern reads every step but notes.

    Raises Invalid with the field, Conflict once it is closed, or what `begin_following` raises.
    """
    begin_following(session, actor, concern, version)
    if concern.closed_at is not None:
        raise Conflict("This concern is closed. A new one can be written down.")
    if kind not in KINDS:
        raise Invalid("Choose what you note.", "kind")
    told = (
        required(to_whom.strip(), "to_whom", "To whom you passed it on", 200) if kind == "passed_on" else None
    )
    words = required(words.strip(), "words", "What happened", 5_000)
    step = add_step(session, actor, concern, kind=kind, words=words, to_whom=told)
    record(session, Event.CONCERN_FOLLOWED, concern.id, actor.id, step_id=step.id, kind=kind)
    return step
