"""The author objects to somebody who acts, or could act, in the case about them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case
from governance.cases.objection.models import Objection
from governance.cases.objection.policy import may_be_objected_to
from governance.cases.objection.queries import open_to_objection
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.steps import begin, note

VERB = "object_to_reviewer"


def object_to_reviewer(
    session: Session, actor: Person, *, case: Case, version: int | None, person: Person | None, reason: str
) -> Objection:
    """Say why `person` should not act in the case. They judge nothing in it until somebody else has decided that.

    Raises Invalid with the field to mend, or what `begin` raises.
    """
    begin(session, actor, case, VERB, version)
    reason = required(reason.strip(), "reason", "Your reason", 2_000)
    if person is None:
        raise Invalid("Choose the person.", "person")
    if person not in open_to_objection(session, case):
        raise Invalid(
            may_be_objected_to(person, case, asked=False) or "Choose the person from the list.", "person"
        )
    objection = Objection(
        case_id=case.id, person=person, raised_by=actor, raised_at=clock.now(), reason=reason
    )
    session.add(objection)
    session.flush()
    session.expire(case, ["objections"])
    note(session, case, actor, VERB, field="objection", new=person.name, reason=reason)
    record(session, Event.CASE_OBJECTED, case.id, actor.id, person_id=person.id)
    return objection
