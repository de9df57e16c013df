"""Closing a case whose outcome was given and carried out."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.steps import begin, shut


def close_case(session: Session, actor: Person, *, case: Case, version: int | None, reason: str) -> Case:
    """Close the case; `reason` says what was done about the outcome, and the author reads it.

    Raises Invalid, or what `begin` raises.
    """
    begin(session, actor, case, "close_case", version)
    reason = required(reason, "reason", "What was done", 5_000)
    shut(session, case, actor, "close_case", closure="outcome", reason=reason)
    record(session, Event.CASE_CLOSED, case.id, actor.id, closure="outcome")
    return case
