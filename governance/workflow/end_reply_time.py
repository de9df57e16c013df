"""Going on without an answer, once the author's time to answer has run out."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.steps import begin, move


def end_reply_time(session: Session, actor: Person, *, case: Case, version: int | None, reason: str) -> Case:
    """Take the case to the decision without an answer; the author may still answer until it is decided.

    Refused before the last day to answer is over (cases/clocks). Raises Invalid, or what `begin` raises.
    """
    begin(session, actor, case, "end_reply_time", version)
    reason = required(reason, "reason", "Why you go on", 2_000)
    move(session, case, actor, "end_reply_time", stage="decision", reason=reason)
    record(session, Event.CASE_REPLY_TIME_ENDED, case.id, actor.id, subject_id=case.subject_id)
    return case
