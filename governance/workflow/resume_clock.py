"""Letting a clock that stands still go on."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.clocks.keep import resume, running_clock
from governance.cases.models import Case
from governance.kernel.errors import Conflict
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.steps import begin, note


def resume_clock(session: Session, actor: Person, *, case: Case, version: int | None, reason: str) -> Case:
    """Let the clock of the stage go on with as much as was left. Raises Invalid, Conflict, or what `begin` raises."""
    begin(session, actor, case, "resume_clock", version)
    reason = required(reason, "reason", "Your reason", 2_000)
    running = running_clock(session, case)
    if running is None:
        raise Conflict("No clock runs at this stage.")
    resume(running, actor, reason)
    note(session, case, actor, "resume_clock", reason=reason)
    record(session, Event.CASE_CLOCK_RESUMED, case.id, actor.id, clock_id=running.id)
    return case
