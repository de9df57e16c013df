"""Registered accounts: one's own, and those of the people one answers for."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE

from governance.accounts.models import SocialAccount
from governance.accounts.queries import account_for, seen_by
from governance.api.bearer import scope, token_person
from governance.api.blueprint import api
from governance.api.paging import page_of
from governance.api.schemas import AccountOut, AccountsOut, AccountsQuery
from governance.entrance.database import db


@api.get("/accounts")
@scope("accounts:read")
@api.input(AccountsQuery, location="query", arg_name="asked", unknown=RAISE)
@api.output(AccountsOut)
@api.doc(tags=["accounts"], summary="Accounts that the token's person may see")
def accounts(asked: dict[str, Any]) -> dict[str, Any]:
    """Newest registration first."""
    query = seen_by(token_person()).order_by(SocialAccount.id.desc())
    if "platform" in asked:
        query = query.where(SocialAccount.platform == asked["platform"])
    if "state" in asked:
        query = query.where(SocialAccount.state == asked["state"])
    return page_of(query, asked)


@api.get("/accounts/<int:account_id>")
@scope("accounts:read")
@api.output(AccountOut)
@api.doc(tags=["accounts"], summary="One account")
def account(account_id: int) -> SocialAccount:
    """An account that one may not see is answered like one that is not there."""
    return account_for(db.session, token_person(), account_id)
