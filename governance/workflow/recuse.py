"""Stepping back from a case because of a conflict of interest; what the person did in it goes to the next."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case, Recusal
from governance.kernel import clock
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.replacing import check_writers, owed_opinions, replace
from governance.workflow.steps import begin, note


def recuse(session: Session, actor: Person, *, case: Case, version: int | None, reason: str) -> Recusal:
    """Declare a conflict with a reason. The case goes to the next who may hold it; a decider is named anew.

    The holder may afterwards name another decider (hand_over). Raises Conflict where nobody could take over, or nobody
    is left to write an opinion that is asked for, Invalid, or what `begin` raises.
    """
    begin(session, actor, case, "recuse", version)
    reason = required(reason, "reason", "Your reason", 2_000)
    recusal = Recusal(case=case, person=actor, reason=reason, declared_at=clock.now())
    session.add(recusal)
    owed = owed_opinions(case)
    check_writers(session, actor, case, owed)
    note(session, case, actor, "recuse", field="person", new=actor.name, reason=reason)
    replace(session, case, actor, "recuse")
    record(session, Event.CASE_RECUSED, case.id, actor.id, person_id=actor.id)
    return recusal
