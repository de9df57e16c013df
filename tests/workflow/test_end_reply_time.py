"""Going on without an answer."""

from datetime import UTC, datetime, timedelta

import pytest

from governance.kernel import clock
from governance.kernel.errors import Refused
from governance.workflow.end_reply_time import end_reply_time
from governance.workflow.reply import reply
from tests.factories.cases import case_at

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_not_before_the_last_day_is_over(session, organisation):
    with clock.at(MONDAY):
        case = case_at(session, organisation, "reply")
    for days in (0, 11, 14):  # the tenth working day is Monday 16 March, 14 days on
        with clock.at(MONDAY + timedelta(days=days)), pytest.raises(Refused, match="16 March 2026"):
            _go_on(session, organisation.director, case)
    with clock.at(MONDAY + timedelta(days=15)):
        _go_on(session, organisation.director, case)
    assert case.stage == "decision"


def test_the_author_may_still_answer(session, organisation):
    with clock.at(MONDAY):
        case = case_at(session, organisation, "reply")
    _go_on(session, organisation.director, case)
    reply(session, organisation.nurse, case=case, version=case.version, text="I was on leave.")
    assert [one.text for one in case.statements] == ["I was on leave."]


def test_only_the_decider(session, organisation):
    with clock.at(MONDAY):
        case = case_at(session, organisation, "reply")
    with pytest.raises(Refused, match="Dora Lindt decides"):
        _go_on(session, organisation.manager, case)


def _go_on(session, actor, case):
    end_reply_time(session, actor, case=case, version=case.version, reason="Reminded twice.")
