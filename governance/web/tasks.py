"""Tasks: what is mine and due, one task with what it needs and no more, and what can be done with it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.accounts.platforms import PLATFORMS
from governance.cases.clocks.words import left
from governance.cases.sight import versions_of
from governance.cases.tasks.candidates import possible_doers
from governance.cases.tasks.models import CaseTask
from governance.cases.tasks.policy import kind_of, may_assign, may_do, may_see, named_to, sees_case
from governance.cases.tasks.queries import TASK_VIEWS, by_id, task_counts, tasks_for
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel.errors import Conflict, Missing, Refused
from governance.kernel.paging import paginate
from governance.people.roles import ROLE_TITLES
from governance.web.cases.reading import chosen_person, done
from governance.web.forms.tasks import AssignTaskForm, CancelTaskForm, FinishTaskForm, ReportForm
from governance.workflow.assign_task import assign_task
from governance.workflow.cancel_task import cancel_task
from governance.workflow.decide_report import decide_report, late
from governance.workflow.finish_task import finish_task
from governance.workflow.view_task import view_task

tasks = Blueprint("tasks", __name__, url_prefix="/tasks")


@tasks.get("")
@permission("task.do")
def index() -> ResponseReturnValue:
    """What is to be done beside cases, by the time that is left."""
    person, view = current_person(), request.args.get("view", "yours")
    if view not in TASK_VIEWS:
        view = "yours"
    shown = paginate(db.session, tasks_for(person, view), request.args.get("page", 1, type=int))
    return render_template(
        "tasks/index.html",
        page=shown,
        rows=[_row(task) for task in shown.rows],
        view=view,
        views=TASK_VIEWS,
        counts=task_counts(db.session, person),
        address=lambda number: url_for("tasks.index", view=view, page=number),
    )


@tasks.get("/<int:task_id>")
@permission("task.do", writes=True)
def show(task_id: int) -> ResponseReturnValue:
    """One task: what to do, by when, and the post."""
    task, person = _find(task_id), current_person()
    open_, mine = task.state == "open", may_do(person, task) is None
    return _page(
        "tasks/show.html",
        task,
        may_do=open_ and mine,
        may_assign=open_ and may_assign(person, task) is None,
        ended_by=named_to(person, task, task.ended_by) if task.ended_by else None,
        opened_by=named_to(person, task, task.opened_by) if task.opened_by else None,
    )


@tasks.route("/<int:task_id>/done", methods=["GET", "POST"])
@permission("task.do", writes=True)
def finish(task_id: int) -> ResponseReturnValue:
    """It is done."""
    task = _find_mine(task_id)
    form = FinishTaskForm(version=task.version)
    if done(
        form,
        lambda: finish_task(
            db.session, current_person(), task=task, version=form.version.data, done=form.done.data or ""
        ),
    ):
        return _said("The task is done. Thank you.")
    return _page("tasks/finish.html", task, form=form)


@tasks.route("/<int:task_id>/not-needed", methods=["GET", "POST"])
@permission("task.do", writes=True)
def cancel(task_id: int) -> ResponseReturnValue:
    """It is not needed, and why."""
    task = _find_mine(task_id)
    form = CancelTaskForm(version=task.version)
    if done(
        form,
        lambda: cancel_task(
            db.session, current_person(), task=task, version=form.version.data, reason=form.reason.data or ""
        ),
    ):
        return _said("The task is ended, with your reason.")
    return _page("tasks/cancel.html", task, form=form)


@tasks.route("/<int:task_id>/report", methods=["GET", "POST"])
@permission("task.do", writes=True)
def report(task_id: int) -> ResponseReturnValue:
    """Whether a personal-data breach is reported, and why."""
    task = _find_mine(task_id)
    form = ReportForm(version=task.version)
    if task.kind != "data_breach":
        raise Conflict("Only a personal-data task ends with a decision to report or not.")
    if done(form, lambda: _decide(task, form)):
        return _said("Your decision is recorded with its reasons.")
    return _page("tasks/report.html", task, form=form, late=late(task))


def _decide(task: CaseTask, form: ReportForm) -> None:
    decide_report(
        db.session,
        current_person(),
        task=task,
        version=form.version.data,
        report=form.report.data or "",
        reasons=form.reasons.data or "",
        reference=form.reference.data or "",
        delay_reasons=form.delay_reasons.data or "",
    )


@tasks.route("/<int:task_id>/person", methods=["GET", "POST"])
@permission("task.do", writes=True)
def assign(task_id: int) -> ResponseReturnValue:
    """Who does it."""
    task, person = _find(task_id), current_person()
    if request.method == "GET" and (reason := may_assign(person, task)):
        raise Refused(reason)
    form = AssignTaskForm(version=task.version)
    form.offer(possible_doers(db.session, person, task))
    if done(
        form,
        lambda: assign_task(
            db.session, person, task=task, version=form.version.data, to=chosen_person(form.to.data)
        ),
    ):
        return _said("The task is given to them. It stands on their page of tasks.")
    return _page("tasks/assign.html", task, form=form)


def _find(task_id: int) -> CaseTask:
    task = by_id(db.session, task_id)
    if task is None or not may_see(current_person(), task):
        raise Missing("There is no such task, or none that you may see.")
    return task


def _find_mine(task_id: int) -> CaseTask:
    """The task, where this person may open the page of a thing to do with it; what is sent the verb looks at itself."""
    task = _find(task_id)
    if request.method == "GET" and (reason := may_do(current_person(), task)):
        raise Refused(reason)
    return task


def _row(task: CaseTask) -> dict[str, Any]:
    person, kind = current_person(), kind_of(task)
    return {
        "task": task,
        "kind": kind,
        "left": left(task.clock),
        "done_by": named_to(person, task, task.assignee) if task.assignee else _by_role(task),
        "sees_case": sees_case(person, task),
    }


def _by_role(task: CaseTask) -> str:
    role = kind_of(task).role
    return ROLE_TITLES[role] if role else "Whoever holds the case"


def _said(words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("tasks.index"), 303)


def _page(template: str, task: CaseTask, **shown: Any) -> ResponseReturnValue:
    """A page of the task. It shows the post, and of the case only what this person may see."""
    person = current_person()
    html = render_template(
        template,
        **_row(task),
        version=versions_of(task.case)[-1],
        post=task.case.post,
        platform=PLATFORMS[task.case.post.platform],
        **shown,
    )
    view_task(db.session, person, task=task)
    return html, 422 if request.method == "POST" else 200
