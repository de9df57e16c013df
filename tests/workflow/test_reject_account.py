"""Rejecting needs a reason that the owner reads; they can register again."""

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.kernel.errors import Invalid, Refused
from governance.workflow.reject_account import reject_account
from tests.factories.accounts import make_account


def test_it_is_rejected_with_a_reason(session, organisation):
    account = make_account(session, organisation.nurse, handle="ward_seven")
    reject_account(
        session, organisation.manager, account, reason=" I could not find the code. ", version=account.version
    )
    session.commit()
    assert (account.state, account.state_reason) == ("rejected", "I could not find the code.")
    assert account.confirmed_by == organisation.manager
    assert "account.rejected" in session.scalars(select(AuditEntry.event)).all()
    assert make_account(session, organisation.nurse, handle="ward_seven").proof_code != account.proof_code


def test_without_a_reason_nothing_happens(session, organisation):
    account = make_account(session, organisation.nurse)
    with pytest.raises(Invalid, match="Enter what you could not see") as refused:
        reject_account(session, organisation.manager, account, reason=" ", version=account.version)
    assert (refused.value.field, account.state, account.confirmed_by) == ("reason", "pending", None)


def test_the_owner_cannot(session, organisation):
    account = make_account(session, organisation.nurse)
    with pytest.raises(Refused):
        reject_account(session, organisation.nurse, account, reason="x", version=account.version)
