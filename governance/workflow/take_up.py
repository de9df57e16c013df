"""Ending that a case is put aside, before its day."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case
from governance.people.models import Person
from governance.workflow.steps import begin, note


def take_up(session: Session, actor: Person, *, case: Case, version: int | None) -> Case:
    """Bring the case back into the lists of those it waits for. Raises what `begin` raises."""
    begin(session, actor, case, "take_up", version)
    session.delete(case.deferral)
    note(session, case, actor, "take_up")
    record(session, Event.CASE_TAKEN_UP, case.id, actor.id)
    session.expire(case, ["deferral"])
    return case
