"""The approver says that a draft may be posted."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.kernel import clock
from governance.kernel.errors import Refused
from governance.kernel.text import storable
from governance.people.models import Person
from governance.posts.begin import begin, expect_state
from governance.posts.models import Approval, Post
from governance.posts.policy import can_review

LONGEST_COMMENT = 4_000  # characters


def approve_draft(
    session: Session, actor: Person, *, post: Post, version: int | None, comment: str = ""
) -> Approval:
    """Approve the version that stands, with a comment if there is something to say.

    Raises Refused (not theirs to approve, or their own draft), Stale, or Conflict where it no longer waits.
    """
    begin(session, post, version)
    if reason := can_review(actor, post):
        raise Refused(reason)
    expect_state(post, "awaiting_approval")
    comment = storable(comment.strip(), "comment", "Your comment", LONGEST_COMMENT)
    approval = Approval(
        post=post,
        post_version=post.latest,
        author_id=post.author_id,
        reviewer=actor,
        outcome="approved",
        comment=comment,
        decided_at=clock.now(),
    )
    session.add(approval)
    post.draft_state = "approved"
    session.flush()
    record(session, Event.DRAFT_APPROVED, post.id, actor.id, version=post.latest.number)
    return approval
