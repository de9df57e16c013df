"""An account is no longer used for work."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.accounts.policy import LIVE, may_retire
from governance.audit.events import Event
from governance.audit.record import record
from governance.kernel.errors import Conflict, Refused
from governance.kernel.text import storable
from governance.kernel.versions import expect_version
from governance.people.models import Person

LONGEST_REASON = 1_000  # characters


def retire_account(
    session: Session, actor: Person, account: SocialAccount, *, version: int | None, reason: str = ""
) -> SocialAccount:
    """Retire an account that is pending or verified: nothing more is submitted or imported for it.

    Raises Refused for anybody but the owner (or compliance, where the owner has left), Conflict where it is not in use.
    """
    if not may_retire(actor, account):
        raise Refused(
            "Only the owner of an account can retire it, or a compliance officer once the owner has left."
        )
    if account.state not in LIVE:
        raise Conflict("This account is not in use any more, so it cannot be retired.")
    expect_version(account, version)
    account.state = "retired"
    account.state_reason = storable(reason.strip(), "reason", "The reason", LONGEST_REASON) or None
    session.flush()
    record(session, Event.ACCOUNT_RETIRED, account.id, actor.id, owner_id=account.owner_id)
    return account
