"""Somebody else has looked, and could not see that the account is its owner's."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.audit.events import Event
from governance.audit.record import record
from governance.kernel import clock
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.confirm_account import may_decide

LONGEST_REASON = 1_000  # characters


def reject_account(
    session: Session, actor: Person, account: SocialAccount, *, reason: str, version: int | None
) -> SocialAccount:
    """Say that a pending account could not be confirmed, and why. The owner can register it again.

    Raises Invalid at `reason` where none is given, and what `confirm_account` raises.
    """
    may_decide(actor, account, version)
    account.state_reason = required(reason.strip(), "reason", "What you could not see", LONGEST_REASON)
    account.state = "rejected"
    account.confirmed_by, account.confirmed_at = actor, clock.now()
    session.flush()
    record(session, Event.ACCOUNT_REJECTED, account.id, actor.id, owner_id=account.owner_id)
    return account
