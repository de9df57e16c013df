"""Whether a personal-data breach is reported to the Information Commissioner: either way in writing."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.tasks.models import REPORT_DECISIONS, CaseTask
from governance.cases.tasks.policy import may_do
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.task_steps import begin_on, end


def decide_report(
    session: Session,
    actor: Person,
    *,
    task: CaseTask,
    version: int | None,
    report: str,
    reasons: str,
    reference: str = "",
    delay_reasons: str = "",
) -> CaseTask:
    """Record the decision (`report`: reported or not_reported) and end the task. UK GDPR, article 33(1) and (5).

    What is reported has the `reference` that the ICO gave; what is not reported stands on its `reasons` alone. After the
    72 hours a report says why it is late. Raises Invalid with the field to mend, Conflict for another kind of task, or
    what `begin_on` raises.
    """
    begin_on(session, actor, task, version, may_do)
    if task.kind != "data_breach":
        raise Conflict("Only a personal-data task ends with a decision to report or not.")
    if report not in REPORT_DECISIONS:
        raise Invalid("Choose whether it is reported.", "report")
    reasons = required(reasons, "reasons", "Your reasons", 5_000)
    named = (
        required(reference, "reference", "The reference of the report", 200) if report == "reported" else None
    )
    why_late = (
        required(delay_reasons, "delay_reasons", "Why it took longer than 72 hours", 2_000)
        if late(task)
        else None
    )
    task.report, task.report_reference, task.delay_reasons = report, named, why_late
    end(session, actor, task, "decide_report", state="done", words=reasons)
    record(session, Event.TASK_REPORT_DECIDED, task.id, actor.id, case_id=task.case_id, report=report)
    return task


def late(task: CaseTask) -> bool:
    """Whether the 72 hours are over."""
    return task.clock.due_at is not None and clock.now() > task.clock.due_at
