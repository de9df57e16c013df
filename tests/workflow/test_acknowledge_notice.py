"""The notice: read once a version, and a newer one asks again."""

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.kernel import clock
from governance.kernel.errors import Conflict, Refused
from governance.people.models import Notice
from governance.people.queries import (
    acknowledgements_of,
    current_notice,
    first_acknowledged_at,
    has_acknowledged_current,
)
from governance.workflow.acknowledge_notice import acknowledge_notice
from governance.workflow.register_account import register_account
from tests.factories.accounts import make_account


def publish(session, number=2):
    session.add(Notice(number=number, title="A newer notice", body="What changed.", published_at=clock.now()))
    session.flush()


def test_the_first_notice_and_the_roles_come_with_the_database(session):
    notice = current_notice(session)
    assert notice.number == 1
    for words in (
        "Nothing is collected in secret",
        "union",
        "Object",
        "Appeal",
        "guardian",
        "How long it is kept",
    ):
        assert words in notice.body


def test_reading_it_twice_is_noted_once(session, organisation):
    first = acknowledge_notice(session, organisation.nurse, number=1)
    assert acknowledge_notice(session, organisation.nurse, number=1) is first
    assert first_acknowledged_at(session, organisation.nurse.id) == first.acknowledged_at
    events = session.scalars(select(AuditEntry.event)).all()
    assert events.count("notice.acknowledged") == 1
    assert not has_acknowledged_current(session, organisation.colleague.id)


def test_a_newer_notice_asks_again_before_the_next_registration(session, organisation):
    make_account(session, organisation.nurse)
    publish(session)
    assert not has_acknowledged_current(session, organisation.nurse.id)
    with pytest.raises(Conflict, match="newer notice"):
        acknowledge_notice(session, organisation.nurse, number=1)
    with pytest.raises(Refused, match="Read the notice"):
        register_account(
            session, organisation.nurse, platform="x", handle="other", url="https://x.com/other", purpose="p"
        )
    acknowledge_notice(session, organisation.nurse, number=2)
    assert [one.notice.number for one in acknowledgements_of(session, organisation.nurse.id)] == [1, 2]
    make_account(session, organisation.nurse)
