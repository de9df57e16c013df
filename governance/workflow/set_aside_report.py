"""A report that waits leads to no case: it is nobody's of ours, or says nothing new."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.kernel import clock
from governance.kernel.text import required
from governance.people.models import Person
from governance.reports.models import Report
from governance.workflow.handling import begin_handling


def set_aside_report(
    session: Session, actor: Person, *, report: Report, version: int | None, reason: str
) -> Report:
    """Close the report without a case, with a reason for whoever looks later. The reporter reads that it is closed.

    Raises Invalid at `reason`, or what `begin_handling` raises.
    """
    begin_handling(session, actor, report, version)
    report.handled_reason = required(reason.strip(), "reason", "Your reason", 2_000)
    report.state, report.handled_by, report.handled_at = "set_aside", actor, clock.now()
    record(session, Event.REPORT_SET_ASIDE, report.id, actor.id)
    session.flush()
    return report
