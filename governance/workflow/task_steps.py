"""What every verb on a task does first and last: lock its case, see that the act is allowed, and leave its event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.audit.record import wait_turn
from governance.cases.clocks.keep import start_task_clock, stop
from governance.cases.clocks.targets import targets_in_use
from governance.cases.models import Case
from governance.cases.tasks.models import CaseTask
from governance.cases.tasks.policy import kind_of, may_see, named_to
from governance.kernel import clock
from governance.kernel.errors import Conflict, Missing, Refused
from governance.kernel.versions import expect_version
from governance.people.models import Person
from governance.workflow.steps import note


def lock(session: Session, case: Case) -> None:
    """Let nobody else write to the case until this is done; what was read before may have changed since."""
    wait_turn(session)
    session.flush()
    session.execute(select(Case.id).where(Case.id == case.id).with_for_update())
    session.expire_all()


def begin_on(
    session: Session,
    actor: Person,
    task: CaseTask,
    version: int | None,
    may: Callable[[Person, CaseTask], str | None],
) -> None:
    """Lock the task's case, and see that `actor` may do this to it now, from a page that showed it at `version`.

    Raises Missing, Stale with what changed, Conflict where it has ended, or Refused with the reason that `may` gives.
    """
    lock(session, task.case)
    if not may_see(actor, task):
        raise Missing("There is no such task, or none that you may see.")
    expect_version(task, version, _changes(actor, task))
    if task.state != "open":
        raise Conflict(
            f"This task has ended: it is {'done' if task.state == 'done' else 'cancelled'} already."
        )
    if reason := may(actor, task):
        raise Refused(reason)


def add_task(
    session: Session,
    case: Case,
    kind: str,
    *,
    opened_by: Person | None = None,
    why: str | None = None,
    aware_at: datetime | None = None,
) -> CaseTask:
    """Put a task beside the case, and start its clock."""
    now = clock.now()
    task = CaseTask(
        case=case,
        kind=kind,
        state="open",
        opened_at=now,
        opened_by=opened_by,
        why=why,
        aware_at=aware_at or now,
    )
    session.add(task)
    session.flush()
    start_task_clock(session, task, targets_in_use().tasks[kind], pausable=kind_of(task).pauses)
    note(session, case, opened_by, "open_task", field="task", new=kind_of(task).title, reason=why)
    return task


def end(session: Session, actor: Person, task: CaseTask, verb: str, *, state: str, words: str) -> None:
    """End a task: `words` say what was done, or why it is not needed."""
    with session.no_autoflush:  # a task has ended with all its parts, or not at all
        task.state, task.words = state, words
        task.ended_at, task.ended_by = clock.now(), actor
        stop(task.clock, task.ended_at)
    note(session, task.case, actor, verb, field="task", new=kind_of(task).title, reason=words)


def _changes(actor: Person, task: CaseTask) -> tuple[str, ...]:
    if task.state != "open" and task.ended_by is not None:
        who, how = named_to(actor, task, task.ended_by), "done" if task.state == "done" else "cancelled"
        return (f"{who} has {how} this task: {task.words}",)
    return (f"It is for {named_to(actor, task, task.assignee)} to do.",) if task.assignee else ()
