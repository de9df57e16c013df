"""What has happened with one account, and how many posts it holds: counts and steps, never words of a post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.models import AuditEntry
from governance.people.models import Person
from governance.posts.models import Post

WORDS = {
    Event.ACCOUNT_REGISTERED: "Registered the account",
    Event.ACCOUNT_EVIDENCE_ADDED: "Added evidence",
    Event.ACCOUNT_CONFIRMED: "Confirmed that the account is the owner's",
    Event.ACCOUNT_REJECTED: "Looked, and could not confirm the account",
    Event.ACCOUNT_RETIRED: "Retired the account",
    Event.ACCOUNT_PRIVACY_REVIEWED: "Reviewed the privacy settings",
}


@dataclass(frozen=True)
class Step:
    """One thing that was done, by whom (None: the system)."""

    when: datetime
    what: str
    who: str | None


@dataclass(frozen=True)
class PostCounts:
    """How many posts an account holds: published, and drafts sent for approval; `newest` is the last one's time."""

    published: int
    drafts: int
    newest: datetime | None


def history_of(session: Session, account_id: int) -> list[Step]:
    """The account's audit entries in words, the newest first."""
    query = (
        select(AuditEntry.happened_at, AuditEntry.event, Person.name)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(AuditEntry.thing == "account", AuditEntry.thing_id == account_id)
        .order_by(AuditEntry.id.desc())
    )
    return [
        Step(when, WORDS[Event(event)], who)
        for when, event, who in session.execute(query)
        if Event(event) in WORDS
    ]


def posts_counted(session: Session, account_id: int) -> PostCounts:
    """The posts held for an account."""
    query = select(
        func.count().filter(Post.kind == "published"),
        func.count().filter(Post.kind == "draft"),
        func.max(func.coalesce(Post.posted_at, Post.submitted_at)),
    ).where(Post.account_id == account_id)
    published, drafts, newest = session.execute(query).one()
    return PostCounts(published, drafts, newest)
