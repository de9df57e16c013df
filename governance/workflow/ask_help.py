"""Asking a named person a question about a case."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.desk.models import HelpRequest
from governance.cases.desk.policy import may_help
from governance.cases.models import Case
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.steps import begin, note


def ask_help(
    session: Session, actor: Person, *, case: Case, version: int | None, asked: Person | None, question: str
) -> HelpRequest:
    """Ask `asked` a question; they see the case until they have answered. It gives them no other part in it.

    Raises Invalid with the field to mend, or what `begin` raises.
    """
    begin(session, actor, case, "ask_help", version)
    if asked is None:
        raise Invalid("Choose whom you ask.", "asked")
    if reason := may_help(asked, case, actor):
        raise Invalid(reason, "asked")
    one = HelpRequest(
        case_id=case.id,
        stage=case.stage,
        asker=actor,
        asked=asked,
        question=required(question, "question", "Your question", 2_000),
        asked_at=clock.now(),
    )
    session.add(one)
    note(session, case, actor, "ask_help", field="asked", new=asked.name)
    record(session, Event.CASE_HELP_ASKED, case.id, actor.id, request_id=one.id, asked_id=asked.id)
    session.expire(case, ["helps"])
    return one
