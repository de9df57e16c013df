"""An author's published posts in memory, for an import: what posts.queries.recent_posts asks of the database, without asking.

It gives the same posts in the same order; a post that is not stored yet goes by a name of its own until `settle`.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.posts.models import Post, PostVersion
from governance.posts.queries import RECENT, latest_number
from governance.scoring.post import MOST_RECENT_POSTS, RecentPost


class Timeline:
    """Posts by time. Each is (moment, order of arrival, name, text)."""

    def __init__(self, posts: Iterable[tuple[datetime, str, str]]) -> None:
        """From (moment, id, text) of the posts that are stored already."""
        self._posts = sorted((moment, n, name, text) for n, (moment, name, text) in enumerate(posts))
        self._arrived = len(self._posts)
        self._ids: dict[str, str] = {}

    @classmethod
    def of(cls, session: Session, author_id: int) -> Timeline:
        """Everything that `author_id` has published and the house holds, in the words that stand now."""
        rows = session.execute(
            select(Post.posted_at, Post.id, PostVersion.text)
            .join(PostVersion, PostVersion.post_id == Post.id)
            .where(
                Post.author_id == author_id,
                Post.kind == "published",
                PostVersion.number == latest_number(),
            )
            .order_by(Post.id)
        )
        return cls((moment, str(post_id), text) for moment, post_id, text in rows if moment is not None)

    def before(self, moment: datetime) -> tuple[RecentPost, ...]:
        """Those of the 90 days up to `moment`, at most 50, newest first."""
        end = bisect_right(self._posts, moment, key=lambda post: post[0])
        start = max(
            bisect_right(self._posts, moment - RECENT, key=lambda post: post[0]), end - MOST_RECENT_POSTS
        )
        return tuple(
            RecentPost(self.id_of(name), text) for _, _, name, text in reversed(self._posts[start:end])
        )

    def add(self, moment: datetime, name: str, text: str) -> None:
        """A post that is about to be stored."""
        insort(self._posts, (moment, self._arrived, name, text))
        self._arrived += 1

    def settle(self, name: str, post_id: int) -> None:
        """The post that went by `name` is stored now as `post_id`."""
        self._ids[name] = str(post_id)

    def id_of(self, name: str) -> str:
        """The id of the post that was scored under `name`; the name itself where it was an id already."""
        return self._ids.get(name, name)
