"""Accounts over the API: exactly those that the register would show, in pages."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from governance.accounts.models import SocialAccount
from governance.accounts.policy import may_see
from governance.accounts.queries import seen_by
from governance.people.queries import manages
from governance.people.roles import RoleName
from tests.factories.posts import make_account
from tests.fixtures.organisation import Organisation

Call = Callable[..., TestResponse]
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_query_and_the_policy_agree_for_every_role(session: Session, organisation: Organisation):
    owners = [
        organisation.nurse,
        organisation.colleague,
        organisation.manager,
        organisation.hr,
        organisation.dpo,
    ]
    made = [make_account(session, owner) for owner in owners]
    for role in RoleName:
        person = organisation.in_role(role)
        by_query = set(session.scalars(seen_by(person)))
        by_policy = {one for one in made if may_see(person, one, manages=manages(person, one.owner))}
        assert by_query == by_policy
    assert len(session.scalars(seen_by(organisation.nurse)).all()) == 1
    assert len(session.scalars(seen_by(organisation.manager)).all()) == 3


def test_one_sees_ones_own_and_another_is_not_there(call: Call, session: Session, organisation: Organisation):
    own, other = make_account(session, organisation.nurse), make_account(session, organisation.colleague)
    ids = own.id, other.id
    seen = call(organisation.nurse, "/accounts").json
    assert seen is not None
    assert [one["id"] for one in seen["items"]] == [ids[0]]
    one = call(organisation.nurse, f"/accounts/{ids[0]}").json
    assert one == seen["items"][0]
    missing = [call(organisation.nurse, f"/accounts/{number}") for number in (ids[1], 999, 2**31, 10**30)]
    assert {reply.status_code for reply in missing} == {404}
    assert len({reply.text for reply in missing[:2]}) == 1


@SQLITE
def test_pages_and_their_links(call: Call, session: Session, organisation: Organisation):
    for number in range(7):
        make_account(session, organisation.nurse, platform="x" if number % 2 else "blog")
    place, seen = "/accounts?per_page=3", []
    while place:
        page = call(organisation.compliance, place.removeprefix("/api/v1")).json
        assert page is not None
        assert (page["total"], page["pages"], page["per_page"]) == (7, 3, 3)
        seen += [one["id"] for one in page["items"]]
        place = page["links"]["next"]
    ids = session.scalars(select(SocialAccount.id).order_by(SocialAccount.id.desc())).all()
    assert seen == ids
    beyond = call(organisation.compliance, "/accounts?per_page=3&page=9").json
    assert beyond is not None
    assert (beyond["items"], beyond["links"]["next"]) == ([], None)
    some = call(organisation.compliance, "/accounts?platform=x&state=pending&per_page=1").json
    assert some is not None
    assert some["total"] == 3
    assert "platform=x" in some["links"]["next"]
