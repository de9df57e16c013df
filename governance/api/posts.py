"""Posts and drafts: one's own and those one approves; one at a time also the post of a case that one works on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import RAISE
from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import selectinload

from governance.api.bearer import scope, token_person
from governance.api.blueprint import api
from governance.api.paging import page_of
from governance.api.schemas import PostsOut, PostsQuery, PostWithFindingsOut
from governance.assessments.models import Assessment
from governance.cases.models import Case
from governance.cases.queries import visible_to
from governance.cases.sight import versions_of
from governance.entrance.database import db
from governance.kernel.errors import Missing
from governance.people.models import Person
from governance.posts.models import Approval, Post, PostVersion
from governance.posts.policy import can_see, versions_seen

_WITH_VERSIONS = (
    selectinload(Post.versions),
    selectinload(Post.approvals).joinedload(Approval.post_version),
)
_MISSING = "There is no such post, or you may not see it."


@api.get("/posts")
@scope("posts:read")
@api.input(PostsQuery, location="query", arg_name="asked", unknown=RAISE)
@api.output(PostsOut)
@api.doc(tags=["posts"], summary="Posts and drafts of the token's person, and drafts that they approve")
def posts(asked: dict[str, Any]) -> dict[str, Any]:
    """Newest first. Posts of cases are not in this list: it would show who raised what."""
    person = token_person()
    query = _seen_by(person)
    if "account_id" in asked:
        query = query.where(Post.account_id == asked["account_id"])
    if "kind" in asked:
        query = query.where(Post.kind == asked["kind"])
    return page_of(query, asked, lambda rows: _shown(rows, _newest_seen(person, rows)))


@api.get("/posts/<int:post_id>")
@scope("posts:read")
@api.output(PostWithFindingsOut)
@api.doc(tags=["posts"], summary="One post with its findings")
def post(post_id: int) -> dict[str, Any]:
    """A post that one may not see is answered like one that is not there."""
    person = token_person()
    found = db.session.get(Post, post_id)
    if found is None:
        raise Missing(_MISSING)
    in_cases = _read_in_cases(person, found)
    seen = versions_seen(person, found) if can_see(person, found) else []
    readable = max((*in_cases, *seen), key=lambda version: version.number, default=None)
    if readable is None:
        raise Missing(_MISSING)
    return _shown([found], {found.id: readable})[0]


def _seen_by(person: Person) -> Select[Post]:
    """Twin of posts.policy.can_see."""
    reviewed = select(Approval.post_id).where(Approval.reviewer_id == person.id)
    waiting = and_(Post.kind == "draft", Post.approver_id == person.id)
    return (
        select(Post)
        .where(or_(Post.author_id == person.id, waiting, Post.id.in_(reviewed)))
        .order_by(Post.id.desc())
    )


def _read_in_cases(person: Person, found: Post) -> list[PostVersion]:
    cases = db.session.scalars(select(Case).where(Case.post_id == found.id, visible_to(person)))
    return [version for case in cases for version in versions_of(case)]


def _newest_seen(person: Person, rows: Sequence[Post]) -> dict[int, PostVersion]:
    """The newest version of each that `person` may read, looked up for all of them at once."""
    ids = [row.id for row in rows]
    db.session.scalars(select(Post).where(Post.id.in_(ids)).options(*_WITH_VERSIONS)).all()
    return {row.id: versions_seen(person, row)[-1] for row in rows}


def _shown(rows: Sequence[Post], versions: Mapping[int, PostVersion]) -> list[dict[str, Any]]:
    """Posts in `versions` (by the post's id) with the newest assessment of each, read for all of them at once."""
    if not rows:
        return []
    ids = [row.id for row in rows]
    kept = db.session.scalars(
        select(Assessment)
        .join(PostVersion, PostVersion.id == Assessment.post_version_id)
        .where(PostVersion.post_id.in_(ids))
        .options(
            selectinload(Assessment.categories),
            selectinload(Assessment.benefits),
            selectinload(Assessment.findings),
        )
        .order_by(Assessment.id)
    )
    newest = {assessment.post_version_id: assessment for assessment in kept}
    return [_fields(row, versions[row.id], newest.get(versions[row.id].id)) for row in rows]


def _fields(row: Post, version: PostVersion, assessment: Assessment | None) -> dict[str, Any]:
    columns = ("id", "kind", "draft_state", "provenance", "account_id", "author_id", "platform", "audience")
    more = ("in_reply_to", "url", "native_id", "posted_at", "submitted_at")
    return {
        **{name: getattr(row, name) for name in (*columns, *more)},
        "version": version.number,
        "text": version.text,
        "assessment": _assessment(assessment) if assessment else None,
    }


def _assessment(row: Assessment) -> dict[str, Any]:
    return {
        "score": row.score,
        "severity": row.severity,
        "categories": [
            {"id": one.category, "score": one.score, "severity": one.severity} for one in row.categories
        ],
        "benefits": [one.benefit for one in row.benefits],
        "rulebook": row.rulebook,
        "engine": row.engine,
        "assessed_at": row.assessed_at,
        "findings": [
            {
                "rule": one.rule,
                "category": one.category,
                "severity": one.severity,
                "start": one.starts,
                "end": one.ends,
                "quote": one.quote,
                "message": one.message,
                "advice": one.advice,
                "cites": one.cites,
            }
            for one in row.findings
        ],
    }
