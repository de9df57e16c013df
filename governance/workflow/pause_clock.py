"""Letting the clock of a case's stage stand still, with a reason."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.clocks.keep import pause, running_clock
from governance.cases.models import Case
from governance.kernel.errors import Conflict
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.steps import begin, note


def pause_clock(session: Session, actor: Person, *, case: Case, version: int | None, reason: str) -> Case:
    """Let the clock stand still: nothing is spent until it goes on. The author reads that, and why.

    Raises Invalid, Conflict where no clock runs, or what `begin` raises.
    """
    begin(session, actor, case, "pause_clock", version)
    reason = required(reason, "reason", "Your reason", 2_000)
    running = running_clock(session, case)
    if running is None:
        raise Conflict("No clock runs at this stage.")
    pause(session, running, actor, reason)
    note(session, case, actor, "pause_clock", reason=reason)
    record(session, Event.CASE_CLOCK_PAUSED, case.id, actor.id, clock_id=running.id)
    return case
