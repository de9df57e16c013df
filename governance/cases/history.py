"""The author's earlier cases, as far as they bear on this one: for fairness both ways, and no further."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from governance.assessments.models import AssessmentCategory
from governance.cases.models import Case, CaseGuard, Decision, IssuedDecision
from governance.cases.queries import in_force
from governance.kernel import clock

WITHIN = timedelta(days=2 * 365)
"""How long an outcome is told in a later case. Our own figure, after no verified source: check local policy."""
NOTHING_FOUND = ("no_action",)


@dataclass(frozen=True)
class Earlier:
    """One earlier case that ended with an outcome."""

    reference: str
    outcome: str
    decided_at: datetime


def earlier_outcomes(session: Session, case: Case) -> list[Earlier]:
    """Cases about the same author and the same sort of concern that ended with an outcome in force, the latest first.

    Nothing where no concern was found, where something protected was at stake, or where it is long ago; never the words.
    """
    sorts = {row.category for check in case.checks for row in check.categories}
    same = exists().where(
        AssessmentCategory.assessment_id == Case.assessment_id, AssessmentCategory.category.in_(sorts)
    )
    guarded = exists().where(CaseGuard.case_id == Case.id)
    query = (
        select(Case.reference, Decision.outcome, Decision.decided_at)
        .join(Decision, Decision.case_id == Case.id)
        .join(IssuedDecision, in_force(Decision))
        .where(
            Case.subject_id == case.subject_id,
            Case.id != case.id,
            Decision.outcome.not_in(NOTHING_FOUND),
            Decision.decided_at > clock.now() - WITHIN,
            same,
            ~guarded,
        )
        .order_by(Decision.decided_at.desc())
    )
    return [Earlier(*row) for row in session.execute(query)]
