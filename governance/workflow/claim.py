"""Taking a case up: others see who works on it, until the claim lapses."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.desk.models import CaseClaim
from governance.cases.desk.policy import claims_as
from governance.cases.models import Case
from governance.kernel import clock
from governance.people.models import Person
from governance.workflow.steps import begin, note

CLAIM_HOURS = 24
"""Hours that a claim lasts where the setting GOVERNANCE_CLAIM_HOURS says nothing else. Our own figure: check local policy."""


def claim(
    session: Session, actor: Person, *, case: Case, version: int | None, hours: int = CLAIM_HOURS
) -> CaseClaim:
    """Take up the first look or the opinion that `actor` owes, for `hours` (1 or more).

    Whoever stands in for the holder becomes the holder with it. A claim that lapsed, or whose holder put it back, makes
    way. Raises what `begin` raises: another claim that stands is a refusal that names who has it until when.
    """
    begin(session, actor, case, "claim", version)
    now, what = clock.now(), claims_as(actor, case) or ""
    for lapsed in [one for one in case.claims if one.what == what]:
        session.delete(lapsed)
    session.flush()
    session.expire(case, ["claims"])
    if what == "holding" and case.holder_id != actor.id:
        old, case.holder = case.holder, actor
        field = "guardian" if case.stage == "held" else "holder"
        note(session, case, actor, "hand_over", field=field, old=old.name, new=actor.name)
    taken = CaseClaim(
        case_id=case.id, what=what, person=actor, claimed_at=now, until=now + timedelta(hours=hours)
    )
    session.add(taken)
    at = clock.local(taken.until)
    note(session, case, actor, "claim", field="claim", new=f"{at.day} {at:%B %Y, %H:%M}")
    record(session, Event.CASE_CLAIMED, case.id, actor.id, what=what, hours=hours)
    session.expire(case, ["claims"])
    return taken
