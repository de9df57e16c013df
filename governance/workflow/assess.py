"""Score one stored version of a post and keep the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.assessments.models import Assessment
from governance.assessments.stored import row_of, scoring_of
from governance.audit.events import Event
from governance.audit.record import record
from governance.guidance.rulebook import Rulebook
from governance.kernel import clock
from governance.posts.described import describe_version
from governance.posts.models import PostVersion
from governance.posts.queries import recent_posts
from governance.scoring.answer import Scoring
from governance.scoring.engine import score
from governance.scoring.post import RecentPost


@dataclass(frozen=True, slots=True)
class Assessed:
    """The row that keeps the answer, and the answer with its guards, which are not kept here."""

    assessment: Assessment
    scoring: Scoring
    new: bool


def assess(
    session: Session,
    version: PostVersion,
    rulebook: Rulebook,
    *,
    recent: Sequence[RecentPost] | None = None,
) -> Assessed:
    """Score `version` (already flushed) by `rulebook`.

    The author's earlier posts are read for the mosaic unless an import passes `recent` (newest first, those of the 90
    days before). The same version, rulebook and engine again gives the stored row: what was said is not said anew.
    """
    if recent is None:
        moment = version.post.posted_at or version.written_at
        recent = recent_posts(session, version.post.author_id, moment, leaving_out=version.post_id)
    scoring = score(describe_version(version, recent), rulebook)
    known = session.scalar(
        select(Assessment).where(
            Assessment.post_version_id == version.id,
            Assessment.rulebook == scoring.rulebook,
            Assessment.engine == scoring.engine,
        )
    )
    if known is not None:
        return Assessed(known, replace(scoring_of(known), guards=scoring.guards), new=False)
    assessment = row_of(version, scoring, clock.now())
    session.add(assessment)
    session.flush()
    record(
        session,
        Event.POST_ASSESSED,
        version.post_id,
        None,  # the engine, not a person
        assessment_id=assessment.id,
        rulebook=scoring.rulebook,
        severity=scoring.severity,
    )
    return Assessed(assessment, scoring, new=True)
