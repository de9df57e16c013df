"""The author appeals: in their own words, within the time for it, to somebody who has not acted in the case."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.choosing import hearer
from governance.cases.models import Appeal, Case
from governance.cases.parts import name_hearer
from governance.kernel import clock
from governance.kernel.errors import Conflict
from governance.kernel.text import required, storable
from governance.people.models import Person
from governance.workflow.steps import begin, move, note, reopen


def appeal(
    session: Session, actor: Person, *, case: Case, version: int | None, grounds: str, companion: str = ""
) -> Appeal:
    """Take the case to somebody new. Where nobody can hear it yet the appeal is taken all the same, and the holder names one.

    A closed case opens again for it. Raises Invalid, Conflict where another case about the post is open, or what `begin`
    raises.
    """
    begin(session, actor, case, "appeal", version)
    if case.decision is None:
        raise Conflict("There is no decision to appeal against.")
    made = Appeal(
        case_id=case.id,
        decision_id=case.decision.id,
        decider_id=case.decision.decider_id,
        made_at=clock.now(),
        grounds=required(grounds, "grounds", "Why you appeal"),
        companion=storable(companion.strip(), "companion", "The companion's name", 200) or None,
    )
    session.add(made)
    session.flush()
    session.expire(case, ["appeal"])
    if case.stage == "closed":
        reopen(session, case)
    move(session, case, actor, "appeal", stage="appeal")
    named = hearer(session, case)
    if named is not None:
        name_hearer(session, case, named)
        note(session, case, None, "appeal", field="hearer", new=named.name)
    record(
        session,
        Event.CASE_APPEALED,
        case.id,
        actor.id,
        appeal_id=made.id,
        hearer_id=named.id if named else None,
    )
    return made
