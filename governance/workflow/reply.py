"""The author's answer, alone or with a companion or union representative."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case, Statement
from governance.kernel import clock
from governance.kernel.text import required, storable
from governance.people.models import Person
from governance.workflow.steps import begin, move, note


def reply(
    session: Session,
    actor: Person,
    *,
    case: Case,
    version: int | None,
    text: str,
    companion: str = "",
) -> Statement:
    """Keep the author's answer as it was written, and take the case to the decision.

    Until it is decided the author may add to it. `companion` names who helped or came along. Raises Invalid with the
    field to mend, or what `begin` raises.
    """
    begin(session, actor, case, "reply", version)
    statement = Statement(
        case=case,
        author_id=actor.id,
        text=required(text, "text", "Your answer"),
        companion=storable(companion.strip(), "companion", "The companion's name", 200) or None,
        written_at=clock.now(),
    )
    session.add(statement)
    note(session, case, actor, "reply")
    if case.stage == "reply":
        move(session, case, actor, "reply", stage="decision")
    record(session, Event.CASE_REPLIED, case.id, actor.id, statement_id=statement.id)
    return statement
