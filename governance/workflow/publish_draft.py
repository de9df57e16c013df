"""The author records that an approved draft is out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case
from governance.guidance.rulebook import Rulebook
from governance.kernel import clock
from governance.kernel.errors import Invalid, Refused
from governance.kernel.text import required
from governance.people.models import Person
from governance.posts.begin import begin
from governance.posts.checks import check_may_post, check_posted_at, check_whereabouts
from governance.posts.identity import identity
from governance.posts.models import Post
from governance.posts.policy import can_publish
from governance.workflow.add_version import add_version, same_words
from governance.workflow.assess import assess
from governance.workflow.open_case import open_case


def publish_draft(
    session: Session,
    actor: Person,
    *,
    post: Post,
    version: int | None,
    text: str,
    posted_at: datetime,
    rulebook: Rulebook,
    url: str | None = None,
    native_id: str | None = None,
) -> Case | None:
    """Record the approved draft `post` as posted: it stays the same row, with its versions and approvals.

    In the words that were approved it opens no case: the person to whom a case would go has looked at them already, and
    asking first is never punished. Other words are a new version, scored like any post. Raises Refused, Stale, Invalid.
    """
    begin(session, post, version)
    if reason := can_publish(actor, post):
        raise Refused(reason)
    if post.account is None:
        raise Refused("This draft has no account.")
    check_may_post(session, actor, post.account)
    text = required(text, "text", "The words of the post")
    check_posted_at(posted_at)
    url, native_id = check_whereabouts(url, native_id, post.account)
    name = identity(native_id=native_id, url=url, posted_at=posted_at, text=text)
    if session.scalar(select(Post.id).where(Post.account_id == post.account_id, Post.identity == name)):
        raise Invalid("A post with this address is recorded already. Check the address.", "url")
    as_approved = same_words(post.latest, text, post.latest.attachments_text)
    if not as_approved:
        add_version(session, actor, post, text, post.latest.attachments_text)
    post.kind, post.draft_state, post.approver = "published", None, None
    post.url, post.native_id, post.identity, post.posted_at = url, native_id, name, posted_at
    post.local_date = clock.local_date(posted_at)
    post.local_week = clock.iso_week(post.local_date)
    session.flush()
    record(
        session,
        Event.DRAFT_PUBLISHED,
        post.id,
        actor.id,
        version=post.latest.number,
        as_approved=int(as_approved),
    )
    if as_approved:
        return None
    assessed = assess(session, post.latest, rulebook)
    return open_case(session, assessment=assessed.assessment, scoring=assessed.scoring)
