"""Looking at a case about somebody else leaves a trace."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.models import AuditEntry
from governance.audit.record import record
from governance.cases.models import Case
from governance.cases.sight import can_see
from governance.cases.standing import is_subject
from governance.kernel import clock
from governance.kernel.errors import Missing
from governance.people.models import Person

ONCE_IN = timedelta(hours=1)
"""A person who opens a case again within this time leaves no second trace."""


def view_case(session: Session, actor: Person, *, case: Case) -> Case:
    """Record that `actor` looked at `case`; the author's own looks are not recorded. Raises Missing for the rest."""
    return look(session, actor, case, Event.CASE_VIEWED)


def look(session: Session, actor: Person, case: Case, event: Event) -> Case:
    """Record `event`, a look of `actor` at `case` with the key viewer_id, once in a while. Raises Missing."""
    if not can_see(actor, case):
        raise Missing("There is no such case, or none that you may see.")
    if is_subject(actor, case):
        return case
    if not seen_lately(session, event, case.id, actor):
        record(session, event, case.id, actor.id, viewer_id=actor.id)
    return case


def seen_lately(session: Session, event: Event, thing_id: int, actor: Person) -> bool:
    """Whether a look of `actor` at this thing was recorded within ONCE_IN."""
    payload = json.dumps({"viewer_id": actor.id}, separators=(",", ":"))
    seen = session.scalar(
        select(AuditEntry.id)
        .where(
            AuditEntry.thing == event.thing,
            AuditEntry.thing_id == thing_id,
            AuditEntry.event == event.value,
            AuditEntry.payload == payload,
            AuditEntry.happened_at > clock.now() - ONCE_IN,
        )
        .limit(1)
    )
    return seen is not None
