"""Sifting an export's posts before anything is written: which are new, which changed, which are known; the new scored.

Nothing here writes, so that the database's one writer is not held up while the engine reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.guidance.rulebook import Rulebook
from governance.people.models import Person
from governance.posts.described import describe
from governance.posts.models import Post, PostVersion
from governance.posts.timeline import Timeline
from governance.scoring.answer import Scoring
from governance.scoring.engine import score


@dataclass(frozen=True, slots=True)
class ImportedPost:
    """One post of an export, checked: it can be stored as it is. `identity` is that of posts/identity.py."""

    identity: str
    text: str
    posted_at: datetime
    audience: str | None = None
    in_reply_to: str | None = None
    native_id: str | None = None
    url: str | None = None
    attachments_text: str | None = None


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What was asked for, and by whom (None: at the command line, by nobody in particular).

    `cases_since` None opens no case; else a case is opened for no post that is older than that moment.
    """

    run_id: int
    account: SocialAccount
    by: Person | None
    rulebook: Rulebook
    cases_since: datetime | None


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A stored post of the account, with every text it has had."""

    post_id: int
    texts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sifted:
    """A chunk, before anything is written: new posts with their scores, changed ones, and those known as they are."""

    new: tuple[tuple[ImportedPost, Scoring], ...]
    changed: tuple[ImportedPost, ...]
    known: tuple[ImportedPost, ...]


def known_posts(session: Session, account_id: int, identities: Iterable[str]) -> dict[str, KnownPost]:
    """The stored posts of the account among `identities`, by identity, in one query."""
    rows = session.execute(
        select(Post.identity, Post.id, PostVersion.text)
        .join(PostVersion, PostVersion.post_id == Post.id)
        .where(Post.account_id == account_id, Post.identity.in_(sorted(set(identities))))
    )
    texts: dict[str, tuple[int, set[str]]] = {}
    for name, post_id, text in rows:
        texts.setdefault(name, (post_id, set()))[1].add(text)
    return {name: KnownPost(post_id, frozenset(seen)) for name, (post_id, seen) in texts.items()}


def sift(
    posts: Sequence[ImportedPost], known: dict[str, KnownPost], order: ImportOrder, timeline: Timeline
) -> Sifted:
    """Tell new posts from changed and known ones, and score the new. Writes nothing.

    A text that a post has had before makes it known, not changed: reading two exports in turn adds no versions.
    `timeline` holds the author's posts for the mosaic and learns the new ones, so that it serves the whole run.
    """
    texts = {name: set(stored.texts) for name, stored in known.items()}
    new: list[tuple[ImportedPost, Scoring]] = []
    changed: list[ImportedPost] = []
    seen: list[ImportedPost] = []
    for post in posts:
        had = texts.setdefault(post.identity, set())
        if post.text in had:
            seen.append(post)
        elif had:
            changed.append(post)
        else:
            new.append((post, _scored(post, order, timeline)))
        had.add(post.text)
    return Sifted(tuple(new), tuple(changed), tuple(seen))


def _scored(post: ImportedPost, order: ImportOrder, timeline: Timeline) -> Scoring:
    account = order.account
    described = describe(
        account.owner,
        post.text,
        platform=account.platform,
        audience=post.audience,
        in_reply_to=post.in_reply_to,
        attachments_text=post.attachments_text,
        posted_at=post.posted_at,
        recent=timeline.before(post.posted_at),
    )
    timeline.add(post.posted_at, post.identity, post.text)
    return score(described, order.rulebook)
