"""Somebody else has seen the code in the profile: the account is its owner's."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.accounts.policy import why_not_confirm
from governance.audit.events import Event
from governance.audit.record import record
from governance.kernel import clock
from governance.kernel.errors import Conflict, Refused
from governance.kernel.versions import expect_version
from governance.people.models import Person
from governance.people.queries import manages


def confirm_account(
    session: Session, actor: Person, account: SocialAccount, *, version: int | None
) -> SocialAccount:
    """Confirm a pending account as its owner's.

    Raises Refused for the owner and for who does not answer for them, Conflict where it is decided, Stale on an older page.
    """
    may_decide(actor, account, version)
    account.state, account.state_reason = "verified", None
    account.confirmed_by, account.confirmed_at = actor, clock.now()
    session.flush()
    record(session, Event.ACCOUNT_CONFIRMED, account.id, actor.id, owner_id=account.owner_id)
    return account


def may_decide(actor: Person, account: SocialAccount, version: int | None) -> None:
    """Raise what stops `actor` from confirming or rejecting `account` now."""
    reason = why_not_confirm(actor, account, manages=manages(actor, account.owner))
    if reason is not None:
        raise Refused(reason)
    if account.state != "pending":
        by = f" by {account.confirmed_by.name}" if account.confirmed_by else ""
        raise Conflict("This account no longer waits to be confirmed.", (f"It is now {account.state}{by}.",))
    expect_version(account, version)
