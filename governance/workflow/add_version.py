"""Give a post its next words. The words before stay as they were."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record, text_hash
from governance.kernel import clock
from governance.people.models import Person
from governance.posts.models import Post, PostVersion


def add_version(
    session: Session, actor: Person, post: Post, text: str, attachments_text: str | None
) -> PostVersion:
    """The next version of `post` (the first of a new one), in words that were checked; flushed and audited."""
    version = PostVersion(
        number=len(post.versions) + 1,
        text=text,
        attachments_text=attachments_text or None,
        written_by=actor,
        written_at=clock.now(),
    )
    post.versions.append(version)
    session.flush()
    hashed = text_hash(version.text, version.salt)
    if version.number == 1:
        record(
            session,
            Event.POST_SUBMITTED,
            post.id,
            actor.id,
            author_id=post.author_id,
            account_id=post.account_id,
            version=1,
            text_hash=hashed,
        )
    else:
        record(session, Event.POST_VERSION_ADDED, post.id, actor.id, version=version.number, text_hash=hashed)
    return version


def same_words(version: PostVersion, text: str, attachments_text: str | None) -> bool:
    """Whether `version` has just these words."""
    return version.text == text and (version.attachments_text or "") == (attachments_text or "")
