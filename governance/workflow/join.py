"""Joining two cases about the same words: one goes on for both, the other closes, and each leads to the other."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.desk.joining import may_join
from governance.cases.desk.models import CaseJoin
from governance.cases.models import Case, CasePart
from governance.cases.sight import can_see
from governance.cases.standing import part_of
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.steps import begin, note, shut


def join(
    session: Session, actor: Person, *, case: Case, version: int | None, into: Case | None, reason: str
) -> CaseJoin:
    """Close `case` because `into` goes on for both; whoever reported the one stays out of the other.

    Raises Invalid where the two may not be joined, saying why, or what `begin` raises.
    """
    begin(session, actor, case, "join", version)
    if into is None or not can_see(actor, into):
        raise Invalid("Choose the case that goes on.", "into")
    if refusal := may_join(actor, case, into):
        raise Invalid(refusal, "into")
    reason = required(reason, "reason", "Your reason", 2_000)
    for part in case.parts:
        if part.part in ("reporter", "complainant") and part_of(part.person, into) is None:
            session.add(CasePart(case=into, person_id=part.person_id, part=part.part))
    joined = CaseJoin(
        case_id=case.id, into_id=into.id, person_id=actor.id, joined_at=clock.now(), reason=reason
    )
    session.add(joined)
    note(session, into, actor, "join", field="joined", new=case.reference)
    note(session, case, actor, "join", field="into", new=into.reference)
    shut(session, case, actor, "join", closure="joined", reason=reason)
    record(session, Event.CASE_JOINED, case.id, actor.id, into_id=into.id)
    session.expire(case, ["joined_into"])
    session.expire(into, ["joined", "parts"])
    return joined
