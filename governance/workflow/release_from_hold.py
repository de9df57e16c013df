"""The guardian splits off the concern that was raised, and releases the rest of the case to a first look."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.holder import released_holder
from governance.cases.models import Case
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.concern_steps import keep_concern, raised_in
from governance.workflow.steps import begin, move, note


def release_from_hold(
    session: Session, actor: Person, *, case: Case, version: int | None, concern: str, reason: str
) -> Case:
    """Keep `concern` (read by guardians and author alone) apart, and give the case to whoever takes a first look.

    The concern is followed from here as an item of its own, whatever becomes of the case.
    The guard stays on the case: a decision needs its proportionality form. Raises Conflict where nobody could hold
    the case, Invalid, or what `begin` raises.
    """
    begin(session, actor, case, "release_from_hold", version)
    concern = required(concern, "concern", "The concern that was raised", 5_000)
    reason = required(reason, "reason", "Your reason", 2_000)
    holder = released_holder(session, case)
    note(session, case, actor, "release_from_hold", field="concern", new=concern)
    keep_concern(session, actor, raised_by=case.subject, raised_at=raised_in(case), about=concern, case=case)
    case.holder = holder
    move(session, case, actor, "release_from_hold", stage="triage", reason=reason)
    note(session, case, None, "open_case", field="holder", new=holder.name)
    record(session, Event.CASE_RELEASED_BY_GUARDIAN, case.id, actor.id, holder_id=holder.id)
    return case
