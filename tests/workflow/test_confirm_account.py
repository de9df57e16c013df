"""Confirming: somebody who answers for the owner, or compliance; never the owner, and never twice."""

import pytest
from sqlalchemy.exc import IntegrityError

from governance.kernel import clock
from governance.kernel.errors import Conflict, Refused, Stale
from governance.workflow.add_evidence import add_evidence
from governance.workflow.confirm_account import confirm_account
from tests.factories.accounts import make_account


@pytest.mark.parametrize("role", ["manager", "director", "compliance"])
def test_a_manager_up_the_tree_or_compliance_confirms(session, organisation, role):
    account = make_account(session, organisation.nurse)
    confirm_account(session, getattr(organisation, role), account, version=account.version)
    session.commit()
    assert (account.state, account.confirmed_by) == ("verified", getattr(organisation, role))
    assert account.confirmed_at is not None


@pytest.mark.parametrize("role", ["nurse", "colleague", "clinical_lead", "hr", "guardian", "dpo", "admin"])
def test_nobody_else_does(session, organisation, role):
    account = make_account(session, organisation.nurse)
    with pytest.raises(Refused):
        confirm_account(session, getattr(organisation, role), account, version=account.version)


def test_a_manager_of_others_and_an_owner_in_compliance_do_not(session, organisation, person):
    from governance.people.roles import RoleName

    other = person("Otto Berg", RoleName.MANAGER)
    with pytest.raises(Refused, match="Only a manager of the account's owner"):
        confirm_account(
            session, other, account := make_account(session, organisation.nurse), version=account.version
        )
    own = make_account(session, organisation.compliance)
    with pytest.raises(Refused, match="cannot confirm your own"):
        confirm_account(session, organisation.compliance, own, version=own.version)


def test_the_database_itself_refuses_the_owner(session, organisation):
    account = make_account(session, organisation.nurse)
    account.state, account.confirmed_by_id, account.confirmed_at = (
        "verified",
        organisation.nurse.id,
        clock.now(),
    )
    with pytest.raises(IntegrityError, match="not_confirmed_by_owner"):
        session.flush()


def test_the_second_of_two_is_told(session, organisation):
    account = make_account(session, organisation.nurse)
    version = account.version
    confirm_account(session, organisation.manager, account, version=version)
    with pytest.raises(Conflict, match="no longer waits") as told:
        confirm_account(session, organisation.compliance, account, version=version)
    assert told.value.changes == (f"It is now verified by {organisation.manager.name}.",)


def test_an_older_page_is_stale(session, organisation):
    account = make_account(session, organisation.nurse)
    for version in (account.version - 1, None):
        with pytest.raises(Stale):
            confirm_account(session, organisation.manager, account, version=version)
    add_evidence(session, organisation.nurse, account, note="A note does not make the page stale")
    confirm_account(session, organisation.manager, account, version=account.version)
