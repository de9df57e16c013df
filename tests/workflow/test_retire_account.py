"""Retiring: the owner's word, or compliance's once the owner has left."""

import pytest

from governance.kernel.errors import Conflict, Refused, Stale
from governance.workflow.retire_account import retire_account
from tests.factories.accounts import make_account


def test_the_owner_retires_it(session, organisation):
    account = make_account(session, organisation.nurse, confirmed_by=organisation.manager)
    retire_account(session, organisation.nurse, account, version=account.version, reason="I moved.")
    session.commit()
    assert (account.state, account.state_reason, account.confirmed_by) == (
        "retired",
        "I moved.",
        organisation.manager,
    )
    with pytest.raises(Conflict, match="not in use"):
        retire_account(session, organisation.nurse, account, version=account.version)


def test_compliance_only_once_the_owner_has_left(session, organisation):
    account = make_account(session, organisation.nurse)
    for person in (organisation.manager, organisation.compliance):
        with pytest.raises(Refused):
            retire_account(session, person, account, version=account.version)
    organisation.nurse.active = False
    retire_account(session, organisation.compliance, account, version=account.version)
    assert (account.state, account.state_reason) == ("retired", None)


def test_an_older_page_is_stale(session, organisation):
    account = make_account(session, organisation.nurse)
    with pytest.raises(Stale):
        retire_account(session, organisation.nurse, account, version=account.version + 1)
