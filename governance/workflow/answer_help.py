"""Answering a question that a colleague asked about a case."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.desk.asked import open_help
from governance.cases.desk.models import HelpRequest
from governance.cases.models import Case
from governance.kernel import clock
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.steps import begin, note


def answer_help(
    session: Session, actor: Person, *, case: Case, version: int | None, answer: str
) -> HelpRequest:
    """Answer the open question to `actor`; what they saw the case for is done. Raises Invalid, or what `begin` raises."""
    begin(session, actor, case, "answer_help", version)
    answer = required(answer, "answer", "Your answer", 5_000)
    one = next(one for one in open_help(case) if one.asked_id == actor.id)
    one.answer, one.answered_at = answer, clock.now()
    note(session, case, actor, "answer_help")
    record(session, Event.CASE_HELP_ANSWERED, case.id, actor.id, request_id=one.id)
    return one
