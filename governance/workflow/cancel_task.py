"""A task that is not needed."""

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


def cancel_task(
    session: Session, actor: Person, *, task: CaseTask, version: int | None, reason: str
) -> CaseTask:
    """End the task without doing it, with a reason. A personal-data breach is decided, never cancelled: Conflict.

    Raises Invalid, or what `begin_on` raises.
    """
    begin_on(session, actor, task, version, may_do)
    if task.kind == "data_breach":
        raise Conflict(
            "A decision not to report is recorded with its reasons: decide it, rather than cancel it."
        )
    end(
        session,
        actor,
        task,
        "cancel_task",
        state="cancelled",
        words=required(reason, "reason", "Your reason", 5_000),
    )
    record(session, Event.TASK_CANCELLED, task.id, actor.id, case_id=task.case_id)
    return task
