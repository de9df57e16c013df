"""Finding assessments."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from governance.assessments.models import Assessment
from governance.posts.models import PostVersion


def newest_id() -> ColumnElement[int]:
    """The id of the newest assessment, for the PostVersion row of the query around it."""
    other = aliased(Assessment)
    return (
        select(func.max(other.id))
        .where(other.post_version_id == PostVersion.id)
        .correlate(PostVersion)
        .scalar_subquery()
    )


def newest_of(session: Session, version_ids: Collection[int]) -> dict[int, Assessment]:
    """The newest assessment of each of these versions, with its categories and benefits, by the version's id."""
    query = (
        select(Assessment)
        .where(Assessment.post_version_id.in_(version_ids))
        .options(selectinload(Assessment.categories), selectinload(Assessment.benefits))
        .order_by(Assessment.id)
    )
    return {row.post_version_id: row for row in session.scalars(query)}
