"""The approver asks for changes, in words that the author can use."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.kernel import clock
from governance.kernel.errors import Refused
from governance.kernel.text import required
from governance.people.models import Person
from governance.posts.begin import begin, expect_state
from governance.posts.models import Approval, Post
from governance.posts.policy import can_review
from governance.workflow.approve_draft import LONGEST_COMMENT


def ask_changes(
    session: Session, actor: Person, *, post: Post, version: int | None, comment: str
) -> Approval:
    """Give the draft back to its author with `comment`, which is required.

    Raises Refused (not theirs to approve, or their own draft), Stale, Invalid, or Conflict where it no longer waits.
    """
    begin(session, post, version)
    if reason := can_review(actor, post):
        raise Refused(reason)
    expect_state(post, "awaiting_approval")
    comment = required(comment, "comment", "What should change, and why", LONGEST_COMMENT).strip()
    approval = Approval(
        post=post,
        post_version=post.latest,
        author_id=post.author_id,
        reviewer=actor,
        outcome="changes_asked",
        comment=comment,
        decided_at=clock.now(),
    )
    session.add(approval)
    post.draft_state = "changes_asked"
    session.flush()
    record(session, Event.DRAFT_CHANGES_ASKED, post.id, actor.id, version=post.latest.number)
    return approval
