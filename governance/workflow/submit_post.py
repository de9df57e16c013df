"""Record a post that is out: scored, and a case where it needs a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.audit.record import wait_turn
from governance.cases.models import Case
from governance.guidance.rulebook import Rulebook
from governance.kernel import clock
from governance.kernel.text import required
from governance.people.models import Person
from governance.posts.checks import check_about, check_may_post, check_posted_at, check_whereabouts
from governance.posts.identity import identity
from governance.posts.models import Post
from governance.workflow.add_version import add_version, same_words
from governance.workflow.assess import Assessed, assess
from governance.workflow.open_case import open_case


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came of it. `outcome` 'known': the same post with the same words was here already, and nothing was added."""

    post: Post
    assessed: Assessed
    case: Case | None
    outcome: Literal["new", "known", "new_version"]


def submit_post(
    session: Session,
    actor: Person,
    *,
    account: SocialAccount,
    text: str,
    posted_at: datetime,
    rulebook: Rulebook,
    url: str | None = None,
    native_id: str | None = None,
    audience: str | None = None,
    in_reply_to: str | None = None,
    attachments_text: str | None = None,
) -> Submitted:
    """Record what `actor` has posted on their own registered account, score it, and open a case where it needs a look.

    The same post again is recognised: with the same words it changes nothing, with other words it gets a new version and
    a new assessment. Raises Refused (not their account, or the notice not read) and Invalid, naming the field.
    """
    check_may_post(session, actor, account)
    text = required(text, "text", "The words of the post")
    check_about(audience, in_reply_to, attachments_text)
    check_posted_at(posted_at)
    url, native_id = check_whereabouts(url, native_id, account)
    name = identity(native_id=native_id, url=url, posted_at=posted_at, text=text)
    wait_turn(session)  # two windows, one post: the second waits, and then finds it
    known = session.scalar(select(Post).where(Post.account_id == account.id, Post.identity == name))
    if known is not None:
        if same_words(known.latest, text, attachments_text):
            return Submitted(known, assess(session, known.latest, rulebook), None, "known")
        add_version(session, actor, known, text, attachments_text)
        return _scored(session, known, rulebook, "new_version")
    post = Post(
        kind="published",
        provenance="submitted",
        account=account,
        author=actor,
        submitted_by=actor,
        platform=account.platform,
        audience=audience,
        in_reply_to=in_reply_to or None,
        url=url,
        native_id=native_id,
        identity=name,
        posted_at=posted_at,
        submitted_at=clock.now(),
        local_date=clock.local_date(posted_at),
        local_week=clock.iso_week(clock.local_date(posted_at)),
    )
    session.add(post)
    add_version(session, actor, post, text, attachments_text)
    return _scored(session, post, rulebook, "new")


def _scored(
    session: Session, post: Post, rulebook: Rulebook, outcome: Literal["new", "new_version"]
) -> Submitted:
    assessed = assess(session, post.latest, rulebook)
    case = open_case(session, assessment=assessed.assessment, scoring=assessed.scoring)
    return Submitted(post, assessed, case, outcome)
