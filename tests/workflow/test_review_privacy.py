"""The privacy review: every point, by the owner, every six months."""

from datetime import UTC, date, datetime

import pytest

from governance.accounts.privacy import CHECKLIST
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid, Refused
from governance.workflow.retire_account import retire_account
from governance.workflow.review_privacy import review_privacy
from tests.factories.accounts import make_account


def test_the_next_one_is_due_in_six_months_by_londons_calendar(session, organisation):
    account = make_account(session, organisation.nurse)
    with clock.at(datetime(2026, 8, 30, 23, 30, tzinfo=UTC)):  # 31 August in London
        review_privacy(session, organisation.nurse, account, checked=list(CHECKLIST), version=account.version)
    session.commit()
    assert account.privacy_reviewed_on == date(2026, 8, 31)
    assert account.privacy_review_due_on == date(2027, 2, 28)


def test_points_that_are_left_are_named(session, organisation):
    account = make_account(session, organisation.nurse)
    due = account.privacy_review_due_on
    some = [key for key in CHECKLIST if key != "location"]
    with pytest.raises(Invalid, match="do not give away my location") as refused:
        review_privacy(session, organisation.nurse, account, checked=some, version=account.version)
    assert refused.value.field == "checked"
    assert (account.privacy_reviewed_on, account.privacy_review_due_on) == (None, due)


def test_only_the_owner_and_only_in_use(session, organisation):
    account = make_account(session, organisation.nurse)
    with pytest.raises(Refused):
        review_privacy(session, organisation.manager, account, checked=CHECKLIST, version=account.version)
    retire_account(session, organisation.nurse, account, version=account.version)
    with pytest.raises(Conflict, match="needs no review"):
        review_privacy(session, organisation.nurse, account, checked=CHECKLIST, version=account.version)
