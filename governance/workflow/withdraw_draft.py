"""The author takes a draft back. Nothing follows from it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.kernel.errors import Refused
from governance.people.models import Person
from governance.posts.begin import begin
from governance.posts.models import Post
from governance.posts.policy import can_withdraw


def withdraw_draft(session: Session, actor: Person, *, post: Post, version: int | None) -> Post:
    """Take the draft back: nobody is asked about it any more. Raises Refused or Stale."""
    begin(session, post, version)
    if reason := can_withdraw(actor, post):
        raise Refused(reason)
    post.draft_state = "withdrawn"
    session.flush()
    record(session, Event.DRAFT_WITHDRAWN, post.id, actor.id, version=post.latest.number)
    return post
