"""A task is done."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.tasks.models import CaseTask
from governance.cases.tasks.policy import may_do
from governance.kernel.errors import Conflict
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.task_steps import begin_on, end


def finish_task(
    session: Session, actor: Person, *, task: CaseTask, version: int | None, done: str
) -> CaseTask:
    """End the task with what was `done`. A personal-data breach needs decide_report: Conflict here.

    Raises Invalid, or what `begin_on` raises.
    """
    begin_on(session, actor, task, version, may_do)
    if task.kind == "data_breach":
        raise Conflict("This task ends with the decision to report or not.")
    end(
        session,
        actor,
        task,
        "finish_task",
        state="done",
        words=required(done, "done", "What was done", 5_000),
    )
    record(session, Event.TASK_DONE, task.id, actor.id, case_id=task.case_id)
    return task
