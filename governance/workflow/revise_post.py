"""The author changes the words of a draft, or tells that a post was edited where it stands."""

from __future__ import annotations

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from governance.guidance.rulebook import Rulebook
from governance.kernel import clock
from governance.kernel.errors import Invalid, Refused
from governance.kernel.text import required
from governance.people.models import Person
from governance.posts.approvers import find_approver
from governance.posts.begin import begin
from governance.posts.checks import check_about
from governance.posts.models import Post
from governance.posts.policy import can_revise
from governance.workflow.add_version import add_version, same_words
from governance.workflow.assess import assess
from governance.workflow.open_case import open_case


def revise_post(
    session: Session,
    actor: Person,
    *,
    post: Post,
    text: str,
    version: int | None,
    rulebook: Rulebook,
    attachments_text: str | None = None,
) -> Post:
    """Add a version with `text`, scored anew; the words before it are kept.

    A draft goes to whoever approves it now (its severity may have changed), also one that was approved already. A
    published post with new words may open a case, or tell the one that is open. `version` is that of the page it was
    sent from. Raises Refused, Stale, and Invalid where nothing was changed.
    """
    begin(session, post, version)
    if reason := can_revise(actor, post):
        raise Refused(reason)
    text = required(text, "text", "The new words")
    check_about(None, None, attachments_text)
    if same_words(post.latest, text, attachments_text):
        raise Invalid("Nothing is changed yet. Change the words, then send them again.", "text")
    add_version(session, actor, post, text, attachments_text)
    flag_modified(post, "submitted_at")  # a new version of the row: a page made from the old words is stale
    assessed = assess(session, post.latest, rulebook)
    if post.kind == "published":
        open_case(session, assessment=assessed.assessment, scoring=assessed.scoring)
    else:
        post.draft_state = "awaiting_approval"
        post.approver = find_approver(session, actor, assessed.scoring.severity)
        _at(post)
    session.flush()
    return post


def _at(post: Post) -> None:
    """A draft counts in the week in which it was last sent."""
    post.submitted_at = clock.now()
    post.local_date = clock.local_date(post.submitted_at)
    post.local_week = clock.iso_week(post.local_date)
