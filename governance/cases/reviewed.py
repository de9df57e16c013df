"""Whether a post was looked at already, so that the score alone asks for no second look."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.cases.models import Case
from governance.posts.models import PostVersion


def standing_review(session: Session, version: PostVersion, rulebook: str) -> Case | None:
    """The closed case that still answers for `version` under `rulebook`; None where a score may open a case.

    'Reviewed, no concern' stays until the words of the post or the rulebook change. What was ended otherwise (by an
    outcome, coaching, an answered concern, or because it was not theirs) stays until the words change: nobody answers
    twice for the same words because a rule was written since.
    """
    case = session.scalar(
        select(Case)
        .where(Case.post_id == version.post_id, Case.stage == "closed")
        .order_by(Case.closed_at.desc(), Case.id.desc())
        .limit(1)
    )
    if case is None:
        return None
    last = case.checks[-1]
    if last.post_version_id != version.id and last.post_version.text != version.text:
        return None
    if case.closure == "no_concern" and last.rulebook != rulebook:
        return None
    return case
