"""Naming who hears an appeal, where nobody could be named when it was made."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.appealing import may_hear
from governance.cases.models import Case
from governance.cases.parts import name_hearer as give
from governance.kernel.errors import Invalid
from governance.people.models import Person
from governance.workflow.steps import begin, note


def name_hearer(
    session: Session, actor: Person, *, case: Case, version: int | None, to: Person | None
) -> Case:
    """Give the appeal to `to`. Raises Invalid where they may not hear it, or what `begin` raises."""
    begin(session, actor, case, "name_hearer", version)
    if to is None:
        raise Invalid("Choose the person.", "to")
    if reason := may_hear(to, case):
        raise Invalid(reason, "to")
    give(session, case, to)
    note(session, case, actor, "name_hearer", field="hearer", new=to.name)
    appeal_id = case.appeal.id if case.appeal else None
    record(session, Event.CASE_APPEAL_HEARER_NAMED, case.id, actor.id, appeal_id=appeal_id, hearer_id=to.id)
    return case
