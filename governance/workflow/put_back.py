"""Putting a case back that one has taken up, so that somebody else may take it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case
from governance.people.models import Person
from governance.workflow.steps import begin, note


def put_back(session: Session, actor: Person, *, case: Case, version: int | None) -> Case:
    """End the claims of `actor`. Whoever holds the case holds it still. Raises what `begin` raises."""
    begin(session, actor, case, "put_back", version)
    for mine in [one for one in case.claims if one.person_id == actor.id]:
        session.delete(mine)
    note(session, case, actor, "put_back")
    record(session, Event.CASE_PUT_BACK, case.id, actor.id, person_id=actor.id)
    session.expire(case, ["claims"])
    return case
