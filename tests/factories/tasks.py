"""Tasks beside a case."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.cases.models import Case
from governance.cases.tasks.models import CaseTask
from governance.people.models import Person
from governance.workflow.decide_report import decide_report
from governance.workflow.finish_task import finish_task


def task_of(session: Session, case: Case, kind: str) -> CaseTask:
    """The newest task of `kind` in the case."""
    query = (
        select(CaseTask)
        .where(CaseTask.case_id == case.id, CaseTask.kind == kind)
        .order_by(CaseTask.id.desc())
    )
    return session.scalars(query).first()  # type: ignore[return-value]  # a test that asks has opened one


def end_all(session: Session, case: Case, dpo: Person) -> None:
    """Do everything that is open beside the case: the holder their own, `dpo` the rest."""
    query = (
        select(CaseTask).where(CaseTask.case_id == case.id, CaseTask.state == "open").order_by(CaseTask.id)
    )
    for task in list(session.scalars(query)):
        if task.kind == "data_breach":
            decide_report(
                session,
                dpo,
                task=task,
                version=task.version,
                report="not_reported",
                reasons="Nobody can be known.",
            )
        else:
            who = dpo if task.kind == "patient_notification" else case.holder
            finish_task(session, who, task=task, version=task.version, done="Done.")
