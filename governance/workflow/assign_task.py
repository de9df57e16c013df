"""Giving a task to a named person."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.tasks.models import CaseTask
from governance.cases.tasks.policy import kind_of, may_assign, may_be_given
from governance.kernel.errors import Invalid
from governance.mail.notify import notify
from governance.people.models import Person
from governance.workflow.steps import note
from governance.workflow.task_steps import begin_on


def assign_task(
    session: Session, actor: Person, *, task: CaseTask, version: int | None, to: Person | None
) -> CaseTask:
    """Give the task to `to`, who may do such tasks or sees the case anyway. Raises Invalid, or what `begin_on` raises."""
    begin_on(session, actor, task, version, may_assign)
    if to is None:
        raise Invalid("Choose the person.", "to")
    if reason := may_be_given(actor, to, task):
        raise Invalid(reason, "to")
    if task.assignee_id == to.id:
        raise Invalid(f"{to.name} has this task already.", "to")
    task.assignee = to
    note(session, task.case, actor, "assign_task", field="task", new=kind_of(task).title)
    record(session, Event.TASK_ASSIGNED, task.id, actor.id, case_id=task.case_id, to_id=to.id)
    notify(session, to, "task", about=f"task:{task.id}")
    return task
