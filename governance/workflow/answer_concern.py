"""The concern that was raised is answered, and its case closed with no action on the author."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.steps import begin, note, shut

CLOSURE = "speak_up_answered"


def answer_concern(session: Session, actor: Person, *, case: Case, version: int | None, answer: str) -> Case:
    """Keep the guardian's `answer` (read by guardian and author alone) and close the case.

    Raises Invalid, or what `begin` raises.
    """
    begin(session, actor, case, "answer_concern", version)
    answer = required(answer, "answer", "Your answer", 5_000)
    note(session, case, actor, "answer_concern", field="concern", new=answer)
    shut(session, case, actor, "answer_concern", closure=CLOSURE)
    record(session, Event.CASE_CLOSED, case.id, actor.id, closure=CLOSURE)
    return case
