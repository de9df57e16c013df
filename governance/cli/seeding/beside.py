"""What goes on beside the demo's cases: tasks that are done in time, and a few that wait today."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.cases.clocks.policy import can_pause_clock
from governance.cases.models import Case
from governance.cases.tasks.candidates import possible_doers
from governance.cases.tasks.models import CaseTask
from governance.cases.tasks.policy import kind_of, may_do
from governance.cases.tasks.queries import open_tasks
from governance.cli.seeding.cast import Cast
from governance.kernel import clock
from governance.people.models import Person
from governance.workflow.decide_report import decide_report, late
from governance.workflow.finish_task import finish_task
from governance.workflow.open_task import open_task
from governance.workflow.pause_clock import pause_clock

AFTER = {
    "takedown": timedelta(hours=3),
    "data_breach": timedelta(hours=27),
    "patient_notification": timedelta(hours=30),
    "referral_advice": timedelta(hours=50),
}
"""How long after the case was opened each task is done."""


def plan_tasks(cast: Cast, case: Case, salt: str) -> None:
    """Have the tasks that began with the case done in their time; those of the last days still wait."""
    for task in open_tasks(cast.session, case):
        moment = clock.now() + AFTER[task.kind]
        if moment < cast.timetable.now:
            cast.plan(moment, f"tasks: {salt}", lambda task=task: _do(cast, task))  # type: ignore[misc]


def end_tasks(cast: Cast, case: Case) -> None:
    """Do what is still to be done: the case is about to be closed."""
    for task in open_tasks(cast.session, case):
        _do(cast, task)


def leave_something_to_do(cast: Cast) -> None:
    """Today a face was seen in two open posts, and one author is ill: a personal-data clock runs, another stands still."""
    session = cast.session
    open_cases = session.scalars(
        select(Case)
        .where(Case.stage.not_in(("held", "closed")))
        .order_by(Case.opened_at.desc(), Case.id.desc())
    ).all()
    wanting = [one for one in open_cases if not open_tasks(session, one)][:2]
    with clock.at(cast.timetable.now):
        for case in wanting:
            for kind in ("data_breach", "takedown"):
                known = max(case.opened_at, clock.now() - timedelta(hours=5))
                cast.act(
                    f"tasks by hand: {case.reference}",
                    lambda case=case, kind=kind, known=known: open_task(  # type: ignore[misc]
                        session,
                        case.holder,
                        case=case,
                        kind=kind,
                        why=cast.files.voices["tasks"]["why"],
                        aware_at=known,
                    ),
                )
        answering_first = sorted(open_cases, key=lambda one: one.stage != "reply")
        paused = next((one for one in answering_first if can_pause_clock(one.holder, one) is None), None)
        if paused is not None:
            reason = cast.files.voices["tasks"]["pause"]
            cast.act(
                f"clocks: {paused.reference}",
                lambda: pause_clock(
                    session, paused.holder, case=paused, version=paused.version, reason=reason
                ),
            )


def _do(cast: Cast, task: CaseTask) -> None:
    session = cast.session
    session.refresh(task)
    actor = _doer(session, task)
    if task.state != "open" or actor is None:
        return
    words = cast.files.voices["tasks"]
    if task.kind == "data_breach":
        decide_report(
            session,
            actor,
            task=task,
            version=task.version,
            report="not_reported",
            reasons=words["data_breach"],
            delay_reasons=words["delay"] if late(task) else "",
        )
    else:
        finish_task(session, actor, task=task, version=task.version, done=words[task.kind])
    cast.counts[f"tasks done: {kind_of(task).id}"] += 1


def _doer(session: Session, task: CaseTask) -> Person | None:
    """Who has the task by their role; else the holder."""
    holder = task.case.holder
    return next(
        (one for one in possible_doers(session, holder, task) if may_do(one, task) is None), None
    ) or (holder if may_do(holder, task) is None else None)
