"""A post as the engine is told of it: the words, and what is known about who wrote them and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from governance.people.models import Person
from governance.posts.models import PostVersion
from governance.scoring.post import PostInput, RecentPost


def describe(
    author: Person,
    text: str,
    *,
    platform: str | None,
    audience: str | None,
    in_reply_to: str | None,
    attachments_text: str | None,
    posted_at: datetime | None,
    recent: Sequence[RecentPost],
) -> PostInput:
    """The engine's input for words of `author`. `audience` None is unknown, and never taken for public."""
    return PostInput(
        text=text,
        platform=platform,
        audience=audience,
        in_reply_to=in_reply_to or None,
        profession=author.profession,
        role=author.role_title,
        place=author.department.name,
        posted_at=posted_at,
        attachments=(attachments_text,) if attachments_text else (),
        recent_posts=tuple(recent),
    )


def describe_version(version: PostVersion, recent: Sequence[RecentPost]) -> PostInput:
    """The engine's input for a stored version."""
    post = version.post
    return describe(
        post.author,
        version.text,
        platform=post.platform,
        audience=post.audience,
        in_reply_to=post.in_reply_to,
        attachments_text=version.attachments_text,
        posted_at=post.posted_at,
        recent=recent,
    )
