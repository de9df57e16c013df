"""Looking at a case leaves a trace."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from governance.audit.models import AuditEntry
from governance.kernel import clock
from governance.kernel.errors import Missing
from governance.workflow.view_case import view_case
from tests.factories.cases import open_for


def test_once_a_person_a_case_and_an_hour(session, organisation):
    case = open_for(session, organisation.nurse)
    now = clock.now()
    for minutes in (0, 5, 59, 61):
        with clock.at(now + timedelta(minutes=minutes)):
            view_case(session, organisation.manager, case=case)
    view_case(session, organisation.director, case=case)
    view_case(session, organisation.nurse, case=case)
    seen = session.scalars(
        select(AuditEntry.actor_id).where(AuditEntry.event == "case.viewed").order_by(AuditEntry.id)
    ).all()
    assert seen == [organisation.manager.id, organisation.manager.id, organisation.director.id]


def test_what_may_not_be_seen_leaves_none(session, organisation):
    case = open_for(session, organisation.nurse)
    with pytest.raises(Missing):
        view_case(session, organisation.colleague, case=case)
    views = session.scalar(select(func.count()).where(AuditEntry.event == "case.viewed"))
    assert views == 0
