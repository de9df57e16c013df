"""Opening a task by hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case
from governance.cases.sight import can_see
from governance.cases.tasks.models import TASK_KINDS, CaseTask
from governance.cases.tasks.policy import may_open, why_not_kind
from governance.cases.tasks.queries import open_tasks
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid, Missing, Refused
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.task_steps import add_task, lock


def open_task(
    session: Session, actor: Person, *, case: Case, kind: str, why: str, aware_at: datetime | None = None
) -> CaseTask:
    """Open a task of `kind` beside the case. Its clock begins at `aware_at`, or now; never in the future.

    Raises Missing, Refused, Invalid with the field to mend, or Conflict where one of this kind is open already.
    """
    lock(session, case)
    if not can_see(actor, case):
        raise Missing("There is no such case, or none that you may see.")
    if reason := may_open(actor, case):
        raise Refused(reason)
    if kind not in TASK_KINDS:
        raise Invalid("Choose what is to be done.", "kind")
    if reason := why_not_kind(case, kind):
        raise Invalid(reason, "kind")
    why = required(why, "why", "Why this is needed", 2_000)
    if aware_at is not None and aware_at > clock.now():
        raise Invalid("This is in the future. Say when it was known.", "aware_at")
    if any(task.kind == kind for task in open_tasks(session, case)):
        raise Conflict("A task of this kind is open in this case already.")
    task = add_task(session, case, kind, opened_by=actor, why=why, aware_at=aware_at)
    record(session, Event.TASK_OPENED, task.id, actor.id, case_id=case.id, kind=kind)
    return task
