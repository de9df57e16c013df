"""What was done about a person in cases and reports, for the retaliation check: nothing of what it was about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.cases.models import Case, CaseEvent, Decision
from governance.concerns.models import Concern
from governance.concerns.retaliation import Comparison, Happening, compare
from governance.people.queries import managed_by
from governance.reports.models import Report

KIND_TITLES = {
    "report": "Reported a post of theirs",
    "score": "A case opened by the check of a post",
    "taken_further": "Took a case about them further at the first look",
    "decision": "Decided a case about them with an outcome",
}
MILDEST = "no_action"


def check_for_retaliation(session: Session, concern: Concern, now: datetime) -> Comparison:
    """Compare what was done about the person who raised `concern`, before and after."""
    touched = {one.person_id for one in concern.touched}
    under: set[int] = set()
    for person_id in touched:
        under |= set(session.scalars(managed_by(person_id)))
    happenings = [
        *_reports(session, concern),
        *_opened_by_score(session, concern),
        *_taken_further(session, concern),
        *_decisions(session, concern),
    ]
    return compare(
        happenings,
        raised_at=concern.raised_at,
        now=now,
        touched=touched,
        under_touched=under - touched - {concern.raised_by_id},
    )


def _reports(session: Session, concern: Concern) -> list[Happening]:
    """Every report of others about them, whether or not a case came of it; what they told of themselves is none."""
    query = (
        select(Report.made_at, Report.made_by_id, Case.reference)
        .outerjoin(Case, Case.id == Report.case_id)
        .where(Report.person_id == concern.raised_by_id, Report.way != "self_report")
    )
    return [Happening(at, "report", by_id, reference) for at, by_id, reference in session.execute(query)]


def _opened_by_score(session: Session, concern: Concern) -> list[Happening]:
    """The case in which the concern itself was heard is none."""
    query = select(Case.opened_at, Case.reference).where(
        Case.subject_id == concern.raised_by_id, Case.origin == "score"
    )
    if concern.case_id is not None:
        query = query.where(Case.id != concern.case_id)
    return [Happening(at, "score", None, reference) for at, reference in session.execute(query)]


def _taken_further(session: Session, concern: Concern) -> list[Happening]:
    """Also in the case where the concern was heard, once a guardian has released the rest of it."""
    query = (
        select(CaseEvent.happened_at, CaseEvent.actor_id, Case.reference)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(
            Case.subject_id == concern.raised_by_id,
            CaseEvent.verb == "triage",
            CaseEvent.field == "stage",
            CaseEvent.new.in_(("review", "reply")),
        )
    )
    return [
        Happening(at, "taken_further", by_id, reference) for at, by_id, reference in session.execute(query)
    ]


def _decisions(session: Session, concern: Concern) -> list[Happening]:
    query = (
        select(Decision.decided_at, Decision.decider_id, Case.reference)
        .join(Case, Case.id == Decision.case_id)
        .where(Case.subject_id == concern.raised_by_id, Decision.outcome != MILDEST)
    )
    return [Happening(at, "decision", by_id, reference) for at, by_id, reference in session.execute(query)]
