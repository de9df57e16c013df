"""A report that waits is read: whose post it is, or what is new in it, is known now, and a case takes it in."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case
from governance.guidance.rulebook import Rulebook
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.reports.models import Report
from governance.workflow.handling import begin_handling
from governance.workflow.report_steps import expect_another, take_in


def place_report(
    session: Session,
    actor: Person,
    *,
    report: Report,
    version: int | None,
    person: Person | None,
    reason: str,
    rulebook: Rulebook,
) -> Case:
    """Say whose post it is (`reason`: how that was found out, or what is new), and open or join its case.

    Whether it is really their account, and their words, is looked at again in the case's first look. Raises Invalid at
    `person` or `reason`, Conflict where nobody could hold the case, or what `begin_handling` raises.
    """
    begin_handling(session, actor, report, version)
    reason = required(reason.strip(), "reason", "How you found out, or what is new", 2_000)
    if person is None:
        raise Invalid("Choose whose post it is.", "person")
    if person.id == actor.id:
        raise Invalid("If it is your own post, somebody else has to look after the report.", "person")
    expect_another(report, person)
    report.person = person
    report.handled_by, report.handled_at, report.handled_reason = actor, clock.now(), reason
    session.flush()
    case = take_in(session, report, rulebook, anew=True)
    if case is None:
        raise ValueError("a report that is taken in anew has a case")
    record(session, Event.REPORT_PLACED, report.id, actor.id, case_id=case.id)
    session.flush()
    return case
