"""Starting, stopping and pausing clocks, and keeping on the case what its clock says. Verbs call these; none commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.cases.clocks.calendars import calendar_of
from governance.cases.clocks.models import Clock, ClockPause
from governance.cases.clocks.targets import Target, targets_in_use
from governance.cases.clocks.timing import Pause, Span
from governance.cases.models import Case
from governance.cases.tasks.models import CaseTask
from governance.kernel import clock as kernel_clock
from governance.people.models import Person


def enter_stage(session: Session, case: Case) -> None:
    """Stop the clock of the stage that the case leaves, start that of the one it stands in since `stage_since`.

    A stage without a target has none: then nothing is due. Where a step was taken back the clock that had stopped with
    it goes on, as if it never had.
    """
    with session.no_autoflush:  # the verb may be half-way through what belongs together
        running = running_clock(session, case)
        before = _stopped_with_undone_step(session, case)
    if running is not None:
        stop(running, kernel_clock.now())
        session.flush()  # before another one runs: one at a time
    if before is not None:
        before.stopped_at = before.outcome = None
        _tell_case(case, before)
        session.flush()
        return
    target = targets_in_use().of_stage(case.stage, case.severity)
    started = None
    if target is not None:
        started = _started(case, target, case.stage_since)
        started.stage, started.pausable = case.stage, True
        session.add(started)
    _tell_case(case, started)
    session.flush()


def _stopped_with_undone_step(session: Session, case: Case) -> Clock | None:
    """The clock of this very visit, where the case comes back to it: it began when the case came there first."""
    return session.scalar(
        select(Clock).where(
            Clock.case_id == case.id,
            Clock.stage == case.stage,
            Clock.started_at == case.stage_since,
            Clock.stopped_at.is_not(None),
        )
    )


def start_task_clock(session: Session, task: CaseTask, target: Target, *, pausable: bool) -> Clock:
    """The clock of a task, from when the organisation knew of what it is about."""
    started = _started(task.case, target, task.aware_at)
    started.task, started.pausable = task, pausable
    session.add(started)
    return started


def running_clock(session: Session, case: Case) -> Clock | None:
    """The clock of the stage where the case stands, if that has one."""
    return session.scalar(
        select(Clock).where(Clock.case_id == case.id, Clock.stopped_at.is_(None), Clock.task_id.is_(None))
    )


def stop(running: Clock, at: datetime) -> None:
    """Stop a clock: what is done by its time has met it, also while it stood still."""
    for pause in running.pauses:
        if pause.resumed_at is None:
            pause.resumed_at = max(at, pause.paused_at)
    _reckon(running)
    running.stopped_at = max(at, running.started_at)
    running.outcome = "met" if running.due_at and running.stopped_at <= running.due_at else "missed"


def pause(session: Session, running: Clock, actor: Person, reason: str) -> ClockPause:
    """Let a clock stand still. Whether it may is the policy's."""
    now = kernel_clock.now()
    begun = ClockPause(clock=running, paused_at=now, paused_by=actor, reason=reason)
    session.add(begun)
    running.due_at = running.warn_at = None
    if running.task_id is None:
        running.case.due_at, running.case.paused_since = None, now
    return begun


def resume(running: Clock, actor: Person, reason: str) -> None:
    """Let a clock go on: it has as much left as it had."""
    for paused in running.pauses:
        if paused.resumed_at is None:
            paused.resumed_at = max(kernel_clock.now(), paused.paused_at)
            paused.resumed_by, paused.resumed_reason = actor, reason
    _reckon(running)
    if running.task_id is None:
        _tell_case(running.case, running)


def retarget(session: Session, case: Case) -> None:
    """After the severity rose: what the new one gives holds from the start of the stage, where that is sooner."""
    running, target = running_clock(session, case), targets_in_use().of_stage(case.stage, case.severity)
    if running is None or target is None or case.paused_since is not None or running.due_at is None:
        return
    due = target.span(calendar_of(running.nation)).due(running.started_at, pauses_of(running))
    if due < running.due_at:
        running.unit, running.target, running.warn = target.unit, target.length, target.warn
        running.source = target.source
        _reckon(running)
        _tell_case(case, running)


def span_of(running: Clock) -> Span:
    """What the clock counts, and on which calendar."""
    return Span(running.unit, running.target, calendar_of(running.nation))


def pauses_of(running: Clock, now: datetime | None = None) -> list[Pause]:
    """The times in which it stood still; one that is not over ends `now`."""
    until = now or kernel_clock.now()
    return [Pause(one.paused_at, one.resumed_at or max(until, one.paused_at)) for one in running.pauses]


def open_pause(running: Clock) -> ClockPause | None:
    """The pause in which it stands still, if it does."""
    return next((one for one in running.pauses if one.resumed_at is None), None)


def _started(case: Case, target: Target, at: datetime) -> Clock:
    started = Clock(
        case=case,
        unit=target.unit,
        target=target.length,
        warn=target.warn,
        nation=targets_in_use().nation,
        starts=target.starts,
        source=target.source,
        started_at=at,
    )
    _reckon(started)
    return started


def _reckon(running: Clock) -> None:
    """Write down when it runs out, and when somebody is to be told before."""
    span, pauses = span_of(running), pauses_of(running)
    running.due_at = span.due(running.started_at, pauses)
    running.warn_at = min(span.warns(running.started_at, running.warn, pauses), running.due_at)


def _tell_case(case: Case, running: Clock | None) -> None:
    case.due_at, case.paused_since = running.due_at if running else None, None
