"""The concern that was raised is answered, and its case closed with no action on the author."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.concern_steps import add_step, keep_concern, raised_in
from governance.workflow.steps import begin, note, shut

CLOSURE = "speak_up_answered"


def answer_concern(
    session: Session, actor: Person, *, case: Case, version: int | None, concern: str, answer: str
) -> Case:
    """Keep the guardian's `answer` (read by guardian and author alone) and close the case.

    What was raised, `concern` in the guardian's words, is followed from here as an item of its own: that it was
    answered is its first step. Raises Invalid, or what `begin` raises.
    """
    begin(session, actor, case, "answer_concern", version)
    concern = required(concern, "concern", "The concern that was raised", 5_000)
    answer = required(answer, "answer", "Your answer", 5_000)
    note(session, case, actor, "answer_concern", field="concern", new=answer)
    kept = keep_concern(
        session, actor, raised_by=case.subject, raised_at=raised_in(case), about=concern, case=case
    )
    add_step(session, actor, kept, kind="done", words=answer)
    add_step(session, actor, kept, kind="told", words=f"By the answer in {case.reference}.")
    shut(session, case, actor, "answer_concern", closure=CLOSURE)
    record(session, Event.CASE_CLOSED, case.id, actor.id, closure=CLOSURE)
    return case
