"""What must hold before words are kept: whose account, what was read, and what a form may not say."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.accounts.platforms import AUDIENCES
from governance.kernel import clock
from governance.kernel.errors import Invalid, Refused
from governance.kernel.text import storable
from governance.people.models import Person
from governance.people.queries import has_acknowledged_current
from governance.posts.addresses import check_post_address
from governance.posts.policy import can_post_on

CLOCK_SKEW = timedelta(minutes=5)
"""How far ahead of ours another clock may be before a time counts as the future."""

FIRST_YEAR = 2000  # no platform of the list is older

LONGEST_NATIVE_ID = 200  # characters: the column's width


def check_may_post(session: Session, actor: Person, account: SocialAccount) -> None:
    """Raise Refused unless the account is `actor`'s own and in use, and they have read the notice that stands."""
    if reason := can_post_on(actor, account):
        raise Refused(reason)
    if not has_acknowledged_current(session, actor.id):
        raise Refused(
            "Read the notice about what is looked at and why, and say that you have, before you send a post or draft."
        )


def check_about(audience: str | None, in_reply_to: str | None, attachments_text: str | None) -> None:
    """Raise Invalid for an audience that is not listed, or words around the post that cannot be stored."""
    if audience is not None and audience not in AUDIENCES:
        raise Invalid("Choose who can see it from the list, or say that you are not sure.", "audience")
    storable(in_reply_to or "", "in_reply_to", "What it answers")
    storable(attachments_text or "", "attachments_text", "The text in the picture")


def check_posted_at(posted_at: datetime) -> None:
    """Raise Invalid for a time that has not come, or that no platform is as old as."""
    if posted_at > clock.now() + CLOCK_SKEW:
        raise Invalid("The time of the post is in the future. Check the day and the time.", "posted_on")
    if posted_at.year < FIRST_YEAR:
        raise Invalid("Check the year of the post: it is older than the platforms.", "posted_on")


def check_whereabouts(
    url: str | None, native_id: str | None, account: SocialAccount
) -> tuple[str | None, str | None]:
    """The post's address and its id on the platform, each None where it is not known. Raises Invalid."""
    checked = check_post_address(url, account) if url and url.strip() else None
    native_id = storable(
        (native_id or "").strip(), "native_id", "The platform's id of the post", LONGEST_NATIVE_ID
    )
    return checked, native_id or None
