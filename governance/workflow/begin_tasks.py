"""The tasks that begin by themselves: for a critical post, harm is stopped at once while judgement takes its time."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case
from governance.cases.routing import RANK
from governance.cases.tasks.kinds import task_kinds
from governance.cases.tasks.models import CaseTask
from governance.cases.tasks.policy import why_not_kind
from governance.workflow.task_steps import add_task


def begin_tasks(session: Session, case: Case) -> list[CaseTask]:
    """Open the tasks that the severity of the case asks for, each kind once a case. Again it opens nothing."""
    had = set(session.scalars(select(CaseTask.kind).where(CaseTask.case_id == case.id)))
    begun = []
    for kind in task_kinds().values():
        asked = RANK[case.severity] >= RANK[kind.begins_at]
        if asked and kind.id not in had and why_not_kind(case, kind.id) is None:
            task = add_task(session, case, kind.id)
            record(session, Event.TASK_OPENED, task.id, None, case_id=case.id, kind=kind.id)
            begun.append(task)
    return begun
