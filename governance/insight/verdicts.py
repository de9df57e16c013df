"""What people found of posts that became cases: upheld or dismissed.

A case says nothing here while it is undecided, while the guardian holds it, or where it ended because the post was not
theirs or a concern was answered: none of that is a word about the rules.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from governance.assessments.models import AssessmentCategory
from governance.cases.models import Case, Decision, IssuedDecision
from governance.scoring.comparison import Verdict

DISMISSED_BY = frozenset({"no_concern", "no_action"})
"""The closure and the outcome that ask nothing of the author: the finding did not stand."""
UPHELD_CLOSURES = frozenset({"coaching"})

DEFINITION = (
    "A case is upheld where it ended with coaching or with an outcome that asks something of the author, and dismissed "
    "where it ended as no concern or with no action. Cases that are not decided are left out, and so are posts that were "
    "not the author's own."
)


def upheld(closure: str | None, outcome: str | None) -> bool | None:
    """Whether a case's findings stood; None where nobody has said so."""
    if outcome is not None:
        return outcome not in DISMISSED_BY
    if closure in DISMISSED_BY:
        return False
    return True if closure in UPHELD_CLOSURES else None


def verdicts(session: Session) -> dict[int, Verdict]:
    """The verdict of each post that has one, by the post's id: that of its last decided case."""
    categories: dict[int, set[str]] = defaultdict(set)
    in_cases = select(AssessmentCategory.assessment_id, AssessmentCategory.category)
    for assessment_id, category in session.execute(
        in_cases.join(Case, Case.assessment_id == AssessmentCategory.assessment_id)
    ):
        categories[assessment_id].add(category)
    rows = session.execute(
        select(Case.post_id, Case.assessment_id, Case.closure, Decision.outcome)
        .outerjoin(IssuedDecision, and_(IssuedDecision.case_id == Case.id, IssuedDecision.ended_at.is_(None)))
        .outerjoin(Decision, Decision.id == IssuedDecision.decision_id)
        .where(Case.stage != "held")
        .order_by(Case.id)
    )
    return {
        row.post_id: Verdict(found, frozenset(categories[row.assessment_id]))
        for row in rows
        if (found := upheld(row.closure, row.outcome)) is not None
    }
