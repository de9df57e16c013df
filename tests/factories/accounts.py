"""Accounts, brought to their state by the verbs themselves."""

import itertools

from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.people.models import Person
from governance.people.queries import current_notice
from governance.workflow.acknowledge_notice import acknowledge_notice
from governance.workflow.confirm_account import confirm_account
from governance.workflow.register_account import register_account

_numbers = itertools.count(1)


def acknowledge(session: Session, person: Person) -> None:
    """The person reads the notice that stands now."""
    acknowledge_notice(session, person, number=current_notice(session).number)


def make_account(
    session: Session,
    owner: Person,
    *,
    platform: str = "x",
    handle: str | None = None,
    url: str | None = None,
    purpose: str = "Wound care for other nurses.",
    audience: str | None = "public",
    confirmed_by: Person | None = None,
) -> SocialAccount:
    """An account of `owner`, who acknowledges the notice first; verified where `confirmed_by` is given."""
    acknowledge(session, owner)
    handle = handle or f"nurse_{next(_numbers)}"
    account = register_account(
        session,
        owner,
        platform=platform,
        handle=handle,
        url=url or f"https://x.com/{handle}",
        purpose=purpose,
        audience=audience,
    )
    if confirmed_by is not None:
        confirm_account(session, confirmed_by, account, version=account.version)
    return account
