"""Whoever made the decision says something to the appeal, before it is heard."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Appeal, Case
from governance.kernel import clock
from governance.kernel.errors import Conflict
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.steps import begin, note


def answer_appeal(session: Session, actor: Person, *, case: Case, version: int | None, answer: str) -> Appeal:
    """Keep the decider's answer, which the author and the hearer read. Raises Invalid, or what `begin` raises."""
    begin(session, actor, case, "answer_appeal", version)
    appeal = case.appeal
    if appeal is None:
        raise Conflict("There is no appeal in this case.")
    appeal.answer, appeal.answered_at = required(answer, "answer", "Your answer", 10_000), clock.now()
    note(session, case, actor, "answer_appeal")
    record(session, Event.CASE_APPEAL_ANSWERED, case.id, actor.id, appeal_id=appeal.id)
    return appeal
