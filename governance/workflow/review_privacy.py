"""The owner of an account has gone through its privacy settings."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.accounts.policy import LIVE, is_owner
from governance.accounts.privacy import CHECKLIST, next_due
from governance.audit.events import Event
from governance.audit.record import record
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid, Refused
from governance.kernel.versions import expect_version
from governance.people.models import Person


def review_privacy(
    session: Session,
    actor: Person,
    account: SocialAccount,
    *,
    checked: Collection[str],
    version: int | None,
) -> SocialAccount:
    """Note a privacy review with every point of the checklist done; the next is due in six months.

    Raises Refused for anybody but the owner, Conflict where it is not in use, Invalid at `checked` where points are left.
    """
    if not is_owner(actor, account):
        raise Refused("Only the owner of an account can review its privacy settings.")
    if account.state not in LIVE:
        raise Conflict("This account is not in use any more, so it needs no review.")
    expect_version(account, version)
    left = [words for key, words in CHECKLIST.items() if key not in checked]
    if left:
        raise Invalid(
            "Some points are not ticked yet. Change them on the platform first, then tick them here: "
            + "; ".join(f"'{words}'" for words in left),
            "checked",
        )
    today = clock.local_date(clock.now())
    account.privacy_reviewed_on, account.privacy_review_due_on = today, next_due(today)
    session.flush()
    record(
        session,
        Event.ACCOUNT_PRIVACY_REVIEWED,
        account.id,
        actor.id,
        due_on=account.privacy_review_due_on.isoformat(),
    )
    return account
