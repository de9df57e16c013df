"""Warning before a clock runs out, and escalating after: one of each a clock, however often it is looked at."""

from __future__ import annotations

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.clocks.keep import enter_stage
from governance.cases.clocks.models import Clock, ClockNotice
from governance.cases.clocks.recipients import to_escalate, to_warn
from governance.cases.clocks.targets import targets_in_use
from governance.cases.models import Case
from governance.cases.tasks.policy import kind_of
from governance.cases.titles import STAGE_TITLES
from governance.kernel import clock
from governance.mail.notify import notify
from governance.workflow.steps import note
from governance.workflow.task_steps import lock


def clocks_to_tell_of(session: Session) -> list[int]:
    """The ids of the running clocks of which somebody is to be told now, what is due first."""
    now = clock.now()
    query = select(Clock.id).where(
        Clock.stopped_at.is_(None),
        or_(
            and_(Clock.warn_at <= now, Clock.warned_at.is_(None)),
            and_(Clock.due_at <= now, Clock.escalated_at.is_(None)),
        ),
    )
    return list(session.scalars(query.order_by(Clock.due_at, Clock.id)))


def cases_without_clock(session: Session) -> list[int]:
    """The ids of open cases whose stage has a target and no clock: those from before there were clocks."""
    running = select(Clock.case_id).where(Clock.stopped_at.is_(None), Clock.task_id.is_(None))
    query = select(Case.id).where(
        Case.stage != "closed", Case.stage.in_(targets_in_use().stages), Case.id.not_in(running)
    )
    return list(session.scalars(query.order_by(Case.id)))


def start_clock(session: Session, case_id: int) -> None:
    """Start the clock of the stage where a case stands, from when it came there. Where it has one nothing changes."""
    case = session.get(Case, case_id)
    if case is None:
        return
    lock(session, case)
    if case.id in cases_without_clock(session):
        enter_stage(session, case)


def tell_of_clock(session: Session, clock_id: int) -> list[ClockNotice]:
    """Tell whoever is to know that this clock runs out soon, or has run out. Again it tells nobody.

    What ran out before anybody was warned is escalated only.
    """
    running = session.get(Clock, clock_id)
    if running is None:
        return []
    lock(session, running.case)
    now = clock.now()
    if running.stopped_at is not None or running.due_at is None or running.warn_at is None:
        return []
    if now >= running.due_at and running.escalated_at is None:
        running.escalated_at, running.warned_at = now, running.warned_at or now
        return _tell(session, running, "escalation")
    if now >= running.warn_at and running.warned_at is None:
        running.warned_at = now
        return _tell(session, running, "warning")
    return []


def _tell(session: Session, running: Clock, kind: str) -> list[ClockNotice]:
    escalates = kind == "escalation"
    people = to_escalate(session, running) if escalates else to_warn(session, running)
    notices = [ClockNotice(clock=running, kind=kind, person=one, told_at=clock.now()) for one in people]
    session.add_all(notices)
    for one in people:
        notify(session, one, "reminder", about=f"clock:{running.id}:{kind}")
    what = kind_of(running.task).title if running.task else STAGE_TITLES[running.case.stage]
    names = ", ".join(one.name for one in people)
    verb, event = (
        ("escalate_clock", Event.CLOCK_ESCALATED) if escalates else ("warn_clock", Event.CLOCK_WARNED)
    )
    note(session, running.case, None, verb, field="told", new=f"{names} ({what})")
    record(session, event, running.id, None, case_id=running.case_id, told=len(people))
    return notices
