"""What every act on a stored post does first: take turns, and see that the page it came from still holds."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.record import wait_turn
from governance.kernel.errors import Conflict
from governance.kernel.versions import expect_version
from governance.posts.models import Post

STATE_WORDS = {
    "awaiting_approval": "It waits for approval.",
    "changes_asked": "Its approver has asked for changes.",
    "approved": "It has been approved.",
    "withdrawn": "Its author has taken it back.",
    None: "It is recorded as posted.",
}


def begin(session: Session, post: Post, version: int | None) -> None:
    """Lock `post` and see that it is still at `version`. Raises Stale, which says how it stands now."""
    wait_turn(session)
    session.refresh(post, with_for_update=True)
    session.expire(post, ["versions", "approvals"])
    expect_version(
        post, version, (f"It is at version {post.latest.number}. {STATE_WORDS[post.draft_state]}",)
    )


def expect_state(post: Post, *states: str) -> None:
    """Raise Conflict unless the draft is in one of `states`."""
    if post.draft_state not in states:
        raise Conflict("This cannot be done any more.", (STATE_WORDS[post.draft_state],))
