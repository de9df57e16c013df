"""Whoever reads a post for a task, and may not see its case, leaves a trace."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.tasks.models import CaseTask
from governance.cases.tasks.policy import may_see, sees_case
from governance.kernel.errors import Missing
from governance.people.models import Person
from governance.workflow.view_case import seen_lately, view_case


def view_task(session: Session, actor: Person, *, task: CaseTask) -> CaseTask:
    """Record that `actor` looked; for whoever sees the case it is a look at the case. Raises Missing for the rest."""
    if not may_see(actor, task):
        raise Missing("There is no such task, or none that you may see.")
    if sees_case(actor, task):
        view_case(session, actor, case=task.case)
    elif not seen_lately(session, Event.TASK_VIEWED, task.id, actor):
        record(session, Event.TASK_VIEWED, task.id, actor.id, viewer_id=actor.id)
    return task
