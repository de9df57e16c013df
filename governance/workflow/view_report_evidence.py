"""Whoever opens a file that was sent with a report leaves a trace: the file's custody."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.kernel.errors import Missing
from governance.people.models import Person
from governance.reports.models import Report, ReportEvidence
from governance.reports.policy import may_see_evidence
from governance.reports.queries import evidence_of


def view_report_evidence(
    session: Session, actor: Person, *, report: Report, evidence_id: int
) -> ReportEvidence:
    """The file, its reading audited. Raises Missing."""
    if not may_see_evidence(actor, report):
        raise Missing("There is no such file.")
    evidence = evidence_of(report, evidence_id)
    record(
        session,
        Event.REPORT_EVIDENCE_VIEWED,
        report.id,
        actor.id,
        evidence_id=evidence.id,
        sha256=evidence.sha256,
    )
    return evidence
