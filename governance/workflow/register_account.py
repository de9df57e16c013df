"""A person registers an account that they use professionally."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from governance.accounts.addresses import check_address
from governance.accounts.models import SocialAccount
from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.accounts.privacy import DAYS_TO_FIRST_REVIEW
from governance.accounts.proof import new_code
from governance.accounts.queries import registered_as
from governance.accounts.registration_numbers import Standing, check_standing
from governance.audit.events import Event
from governance.audit.record import record
from governance.kernel import clock
from governance.kernel.errors import Invalid, Refused
from governance.kernel.text import required
from governance.people.models import Person
from governance.people.queries import has_acknowledged_current

LONGEST_PURPOSE = 500  # characters


def register_account(
    session: Session,
    actor: Person,
    *,
    platform: str,
    handle: str,
    url: str,
    purpose: str,
    audience: str | None = None,
    standing: Standing | None = None,
) -> SocialAccount:
    """Register `actor`'s account, pending until somebody else confirms it. `standing` None leaves theirs as it is.

    Raises Refused where they have not read the notice that stands, Invalid by field for what cannot be kept.
    """
    if not actor.may("account.register"):
        raise Refused("You cannot register an account.")
    if not has_acknowledged_current(session, actor.id):
        raise Refused(
            "Read the notice about what is looked at and why, and say that you have, before you register."
        )
    address = check_address(platform, handle, url)
    purpose = check_purpose(purpose)
    audience = check_audience(audience)
    refuse_known(session, actor, address.platform, address.handle_key, address.url)
    if standing is not None:
        _keep_standing(session, actor, standing)
    now = clock.now()
    account = SocialAccount(
        owner=actor,
        platform=address.platform,
        handle=address.handle,
        handle_key=address.handle_key,
        url=address.url,
        purpose=purpose,
        default_audience=audience,
        state="pending",
        proof_code=new_code(),
        registered_at=now,
        privacy_review_due_on=clock.local_date(now + timedelta(days=DAYS_TO_FIRST_REVIEW)),
    )
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:  # somebody else registered the same handle in this very moment
        refuse_known(session, actor, address.platform, address.handle_key, address.url)
        raise
    record(
        session, Event.ACCOUNT_REGISTERED, account.id, actor.id, owner_id=actor.id, platform=account.platform
    )
    return account


def check_purpose(purpose: str | None) -> str:
    """The purpose, without blanks around it. Raises Invalid at `purpose`."""
    return required((purpose or "").strip(), "purpose", "What you use the account for", LONGEST_PURPOSE)


def check_audience(audience: str | None) -> str | None:
    """Who usually sees the posts, or None. Raises Invalid at `audience` for one that is not listed."""
    if audience and audience not in AUDIENCES:
        raise Invalid("Choose who usually sees what you post from the list.", "audience")
    return audience or None


def refuse_known(session: Session, actor: Person, platform: str, key: str, url: str) -> None:
    """Raise Invalid at `handle`, naming the account, where it is registered and in use."""
    known = registered_as(session, platform, key, url)
    if known is None:
        return
    named = f"{known.handle} on {PLATFORMS[known.platform]}"
    if known.owner_id == actor.id:
        raise Invalid(f"You have already registered {named}. Open it from 'Your accounts'.", "handle")
    raise Invalid(
        f"{named} is already registered by somebody else. If it is yours, tell your manager or a compliance officer.",
        "handle",
    )


def _keep_standing(session: Session, actor: Person, standing: Standing) -> None:
    checked = check_standing(standing.profession, standing.regulator, standing.number)
    before = (actor.profession, actor.regulator, actor.registration_number)
    if before == (checked.profession, checked.regulator, checked.number):
        return
    actor.profession, actor.regulator = checked.profession, checked.regulator
    actor.registration_number = checked.number
    session.flush()
    record(session, Event.STANDING_STATED, actor.id, actor.id, regulator=checked.regulator)
