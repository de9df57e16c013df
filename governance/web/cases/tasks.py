"""Opening a task beside a case, and what the side of the case page tells of tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from governance.cases.clocks.words import left
from governance.cases.models import Case
from governance.cases.standing import is_subject
from governance.cases.tasks.kinds import task_kinds
from governance.cases.tasks.policy import kind_of, may_open, why_not_kind
from governance.cases.tasks.queries import open_tasks, tasks_of
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel.errors import Refused
from governance.people.models import Person
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import done, find, page, said
from governance.web.forms.tasks import OpenTaskForm
from governance.workflow.open_task import open_task as begin


@cases.route("/<reference>/tasks/new", methods=["GET", "POST"])
@permission("task.do", writes=True)
def open_task(reference: str) -> ResponseReturnValue:
    """Something that is to be done at once, whatever becomes of the case."""
    case, person = find(reference), current_person()
    if request.method == "GET" and (reason := may_open(person, case)):
        raise Refused(reason)
    form = OpenTaskForm(version=case.version)
    running = {task.kind for task in open_tasks(db.session, case)}
    kinds = [kind for kind in task_kinds() if kind not in running and why_not_kind(case, kind) is None]
    form.offer(kinds)
    if done(
        form,
        lambda: begin(
            db.session,
            person,
            case=case,
            kind=form.kind.data or "",
            why=form.why.data or "",
            aware_at=form.moment(),
        ),
    ):
        return said("The task is open, and its clock runs.", case)
    return page("cases/open_task.html", case, form=form, kinds=[task_kinds()[kind] for kind in kinds])


def tasks(person: Person, case: Case) -> Mapping[str, Any]:
    """What is to be done, with what is left of the time; the author reads of what is asked of them alone."""
    author = is_subject(person, case)
    shown = [
        (task, kind_of(task), left(task.clock))
        for task in tasks_of(db.session, case)
        if not author or (kind_of(task).author and task.state == "open")
    ]
    return {"tasks": shown, "may_open_task": not author and may_open(person, case) is None}
