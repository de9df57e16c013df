"""Putting a case aside until a date. Its clock runs on: to stop that is another act, with other people's leave."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.desk.models import CaseDeferral
from governance.cases.desk.policy import deferral_of, last_day_aside
from governance.cases.models import Case
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.steps import begin, note


def defer(
    session: Session, actor: Person, *, case: Case, version: int | None, until: date | None, reason: str
) -> CaseDeferral:
    """Put the case aside, with a reason, until the day `until` in London: from tomorrow up to the day when it is due.

    It comes back by itself on that day, or when it moves on. Raises Invalid with the field to mend, or what `begin` raises.
    """
    begin(session, actor, case, "defer", version)
    reason = required(reason, "reason", "Your reason", 2_000)
    last = last_day_aside(case)
    if until is None or until <= clock.local_date(clock.now()):
        raise Invalid("Enter a day from tomorrow on.", "until")
    if until > last:
        at_most = f"It can be put aside until {last.day} {last:%B %Y} at the latest"
        over = last <= clock.local_date(clock.now())
        raise Invalid("It is due by then, so it cannot be put aside." if over else f"{at_most}.", "until")
    old = deferral_of(case)
    before = f"{old.until.day} {old.until:%B %Y}" if old else None
    if case.deferral is not None:
        session.delete(case.deferral)
        session.flush()
    put = CaseDeferral(
        case_id=case.id,
        person=actor,
        stage=case.stage,
        deferred_at=clock.now(),
        until=until,
        reason=reason,
    )
    session.add(put)
    note(
        session,
        case,
        actor,
        "defer",
        field="deferral",
        old=before,
        new=f"{until.day} {until:%B %Y}",
        reason=reason,
    )
    record(session, Event.CASE_DEFERRED, case.id, actor.id, until=until.isoformat())
    session.expire(case, ["deferral"])
    return put
