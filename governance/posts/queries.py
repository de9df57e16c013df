"""Finding posts. Every query says whose posts it may give."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from governance.kernel.errors import Missing
from governance.people.models import Person
from governance.posts.models import Approval, Post, PostVersion
from governance.posts.policy import can_see
from governance.scoring.post import MOST_RECENT_POSTS, RecentPost

RECENT = timedelta(days=90)  # DESIGN section 5: what the mosaic may look back on


def latest_number() -> ColumnElement[int]:
    """The number of the version that stands now, for the Post row of the query around it."""
    other = aliased(PostVersion)
    return select(func.max(other.number)).where(other.post_id == Post.id).correlate(Post).scalar_subquery()


def recent_posts(
    session: Session, author_id: int, before: datetime, leaving_out: int | None = None
) -> tuple[RecentPost, ...]:
    """What the author published in the 90 days up to `before`, at most 50, newest first, without post `leaving_out`."""
    query = (
        select(Post.id, PostVersion.text)
        .join(PostVersion, PostVersion.post_id == Post.id)
        .where(
            Post.author_id == author_id,
            Post.kind == "published",
            Post.posted_at <= before,
            Post.posted_at > before - RECENT,
            PostVersion.number == latest_number(),
        )
        .order_by(Post.posted_at.desc(), Post.id.desc())
        .limit(MOST_RECENT_POSTS)
    )
    if leaving_out is not None:
        query = query.where(Post.id != leaving_out)
    return tuple(RecentPost(str(row.id), row.text) for row in session.execute(query))


def own_posts(person_id: int, *, state: str = "", words: str = "") -> Select[Post]:
    """A person's own posts and drafts, newest first, for `paginate`.

    `state` is 'posted', 'drafts' or a draft's state; `words` are looked for in what stands now, taken literally.
    """
    query = (
        select(Post)
        .where(Post.author_id == person_id)
        .options(joinedload(Post.account), selectinload(Post.versions))
        .order_by(func.coalesce(Post.posted_at, Post.submitted_at).desc(), Post.id.desc())
    )
    if state == "posted":
        query = query.where(Post.kind == "published")
    elif state == "drafts":
        query = query.where(Post.kind == "draft")
    elif state:
        query = query.where(Post.draft_state == state)
    if words:
        query = query.where(
            select(PostVersion.id)
            .where(
                PostVersion.post_id == Post.id,
                PostVersion.number == latest_number(),
                PostVersion.text.icontains(words, autoescape=True),
            )
            .exists()
        )
    return query


def drafts_for(reviewer_id: int, *, answered: bool) -> Select[Post]:
    """Drafts that wait for a reviewer, the oldest first; or those they have answered, the newest first."""
    query = select(Post).options(
        joinedload(Post.author).joinedload(Person.department),
        selectinload(Post.versions),
        selectinload(Post.approvals).joinedload(Approval.post_version),
    )
    if not answered:
        return query.where(Post.approver_id == reviewer_id, Post.draft_state == "awaiting_approval").order_by(
            Post.submitted_at, Post.id
        )
    mine = select(Approval.id).where(Approval.post_id == Post.id, Approval.reviewer_id == reviewer_id)
    waiting = (Post.approver_id == reviewer_id) & (Post.draft_state == "awaiting_approval")
    return query.where(mine.exists(), or_(Post.draft_state.is_(None), ~waiting)).order_by(
        Post.submitted_at.desc(), Post.id.desc()
    )


def own_post(session: Session, person: Person, post_id: int) -> Post:
    """A post of the person's own. Raises Missing alike where there is none and where it is somebody else's."""
    post = session.get(Post, post_id)
    if post is None or post.author_id != person.id:
        raise Missing("There is no such post, or it is not yours.")
    return post


def draft_for(session: Session, person: Person, post_id: int) -> Post:
    """A draft that waits for this reviewer, or that they have answered. Raises Missing."""
    post = session.get(Post, post_id)
    if post is None or post.author_id == person.id or not can_see(person, post):
        raise Missing("There is no such draft, or it does not wait for you.")
    return post
