"""A restricted case is open again to those whose role it is."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case
from governance.cases.restriction.models import CaseNamed, CaseRestriction
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.restrict_case import EVERYBODY
from governance.workflow.steps import begin, note

VERB = "lift_restriction"


def lift_restriction(
    session: Session, actor: Person, *, case: Case, version: int | None, reason: str
) -> Case:
    """Lift the restriction, with a reason. Raises Invalid, or what `begin` raises."""
    begin(session, actor, case, VERB, version)
    reason = required(reason.strip(), "reason", "Your reason", 2_000)
    before = ", ".join(sorted(one.person.name for one in case.named))
    session.execute(delete(CaseNamed).where(CaseNamed.case_id == case.id))
    session.execute(delete(CaseRestriction).where(CaseRestriction.case_id == case.id))
    session.expire(case, ["restriction", "named"])
    note(session, case, actor, VERB, field="restriction", old=before, new=EVERYBODY, reason=reason)
    record(session, Event.CASE_RESTRICTION_LIFTED, case.id, actor.id)
    return case
