"""Send a draft for approval. Asking first is never punished: a draft opens no case and starts no clock."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.audit.record import wait_turn
from governance.guidance.rulebook import Rulebook
from governance.kernel import clock
from governance.kernel.text import required
from governance.people.models import Person
from governance.posts.approvers import find_approver
from governance.posts.checks import check_about, check_may_post
from governance.posts.identity import draft_identity
from governance.posts.models import Post
from governance.workflow.add_version import add_version, same_words
from governance.workflow.assess import assess


def send_draft(
    session: Session,
    actor: Person,
    *,
    account: SocialAccount,
    text: str,
    rulebook: Rulebook,
    audience: str | None = None,
    in_reply_to: str | None = None,
    attachments_text: str | None = None,
) -> Post:
    """Keep a draft for `actor`'s own account, score it, and ask the line manager (a clinical lead at high or more).

    The same draft sent again while it waits (a double click) is recognised, and the one that is here is given back.
    Raises Refused (not their account, or the notice not read) and Invalid, naming the field.
    """
    check_may_post(session, actor, account)
    text = required(text, "text", "The words of the draft")
    check_about(audience, in_reply_to, attachments_text)
    wait_turn(session)  # two clicks, one draft: the second waits, and then finds it
    if known := _waiting(session, actor, account, text, (audience, in_reply_to, attachments_text)):
        return known
    now = clock.now()
    post = Post(
        kind="draft",
        draft_state="awaiting_approval",
        provenance="submitted",
        account=account,
        author=actor,
        submitted_by=actor,
        platform=account.platform,
        audience=audience,
        in_reply_to=in_reply_to or None,
        identity=draft_identity(),
        submitted_at=now,
        local_date=clock.local_date(now),
        local_week=clock.iso_week(clock.local_date(now)),
    )
    session.add(post)
    add_version(session, actor, post, text, attachments_text)
    assessed = assess(session, post.latest, rulebook)
    post.approver = find_approver(session, actor, assessed.scoring.severity)
    session.flush()
    return post


def _waiting(
    session: Session,
    actor: Person,
    account: SocialAccount,
    text: str,
    about: tuple[str | None, str | None, str | None],
) -> Post | None:
    """The draft that awaits approval already with just this; `about` is its audience, what it answers, attachments."""
    audience, in_reply_to, attachments_text = about
    drafts = session.scalars(
        select(Post)
        .where(
            Post.kind == "draft",
            Post.draft_state == "awaiting_approval",
            Post.author_id == actor.id,
            Post.account_id == account.id,
        )
        .order_by(Post.id.desc())
    )
    for post in drafts:
        same_about = (post.audience or "", post.in_reply_to or "") == (audience or "", in_reply_to or "")
        if same_about and same_words(post.latest, text, attachments_text):
            return post
    return None
