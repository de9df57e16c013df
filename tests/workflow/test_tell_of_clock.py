"""One warning before a clock runs out, one escalation after, to people who may know of the case."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from governance.audit.models import AuditEntry
from governance.cases.clocks.keep import running_clock
from governance.cases.clocks.models import Clock, ClockNotice
from governance.cases.clocks.queries import notices_for
from governance.cases.timeline import entries
from governance.kernel import clock
from governance.people.roles import RoleName
from governance.workflow.pause_clock import pause_clock
from governance.workflow.tell_of_clock import (
    cases_without_clock,
    clocks_to_tell_of,
    start_clock,
    tell_of_clock,
)
from tests.factories.cases import case_at, open_for, to_review
from tests.factories.tasks import task_of
from tests.fixtures.organisation import Organisation, add_person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = MONDAY + timedelta(days=40)


def look(session):
    """What one look tells: (kind, name) of each notice."""
    return [
        (notice.kind, notice.person.name)
        for clock_id in clocks_to_tell_of(session)
        for notice in tell_of_clock(session, clock_id)
    ]


@pytest.fixture
def case(session, organisation):
    with clock.at(MONDAY):
        return open_for(session, organisation.nurse)


def test_nothing_is_said_before_it_is_time(session, case):
    with clock.at(MONDAY + timedelta(hours=3)):
        assert look(session) == []


def test_the_holder_is_warned_once_and_the_line_told_once(session, organisation: Organisation, case):
    with clock.at(MONDAY + timedelta(days=2)):
        assert look(session) == [("warning", "Mark Osei")]
        assert look(session) == []
    with clock.at(LATER):
        assert look(session) == [("escalation", "Dora Lindt")]
        assert look(session) == []
        running = running_clock(session, case)
        assert tell_of_clock(session, running.id) == []
    rows = session.scalars(select(AuditEntry.event).where(AuditEntry.thing == "clock")).all()
    assert sorted(rows) == ["clock.escalated", "clock.warned"]
    assert [event.new for event in case.events if event.field == "told"] == [
        "Mark Osei (First look)",
        "Dora Lindt (First look)",
    ]


def test_what_ran_out_unseen_is_escalated_and_warned_of_no_more(session, case):
    with clock.at(LATER):
        assert look(session) == [("escalation", "Dora Lindt")]
        assert look(session) == []


def test_a_clock_that_stands_still_or_has_stopped_tells_nobody(session, organisation, case):
    with clock.at(MONDAY):
        pause_clock(session, case.holder, case=case, version=case.version, reason="Waiting.")
    with clock.at(LATER):
        assert look(session) == []
        to_review(session, case, organisation.director)
        assert look(session) == []


def test_the_author_is_reminded_and_the_decider_told(session, organisation):
    with clock.at(MONDAY):
        case = case_at(session, organisation, "reply")
    with clock.at(MONDAY + timedelta(days=12)):
        assert look(session) == [("warning", "Nia Rowan")]
    with clock.at(LATER):
        assert look(session) == [("escalation", "Dora Lindt")]
    told = [entry.verb for entry in entries(organisation.nurse, case)]
    assert "warn_clock" not in told
    assert "escalate_clock" not in told


def test_a_held_case_is_told_to_guardians_alone(session, organisation):
    add_person(session, "Second Guardian", RoleName.GUARDIAN)
    with clock.at(MONDAY):
        case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    with clock.at(LATER):
        assert look(session) == [
            ("escalation", "Second Guardian" if case.holder.name == "Gus Adler" else "Gus Adler")
        ]


def test_a_guarded_case_is_never_told_to_a_line_manager_who_does_not_see_it(session, organisation):
    with clock.at(MONDAY):
        case = open_for(session, organisation.nurse, guards=["own_health"])
    assert case.holder == organisation.hr
    add_person(session, "Second Hr", RoleName.HR)
    with clock.at(LATER):
        assert look(session) == [("escalation", "Second Hr")]


def test_where_nobody_stands_behind_the_holder_is_told_again(session, organisation):
    with clock.at(MONDAY):
        open_for(session, organisation.nurse, guards=["own_health"])
    with clock.at(LATER):
        assert look(session) == [("escalation", "Hana Reyes")]


def test_every_data_protection_officer_is_warned_of_the_72_hours(session, organisation):
    add_person(session, "Second Dpo", RoleName.DPO)
    with clock.at(MONDAY):
        case = open_for(session, organisation.nurse, severity="critical")
    running = task_of(session, case, "data_breach").clock
    with clock.at(MONDAY + timedelta(hours=50)):
        assert [one.person.name for one in tell_of_clock(session, running.id)] == ["Priya Dunn", "Second Dpo"]
    with clock.at(MONDAY + timedelta(hours=73)):
        assert [one.person.name for one in tell_of_clock(session, running.id)] == [
            "Priya Dunn",
            "Second Dpo",
            "Dora Lindt",
        ]


def test_what_was_told_is_shown_while_it_runs_to_who_still_sees_the_case(session, organisation, case):
    with clock.at(LATER):
        look(session)
        (notice,) = notices_for(session, organisation.director)
        assert (notice.kind, notice.clock.case_id) == ("escalation", case.id)
        to_review(session, case, organisation.director)
        assert notices_for(session, organisation.director) == []
    assert session.scalars(select(ClockNotice)).all() != []


def test_a_case_from_before_there_were_clocks_gets_its_own(session, organisation, case):
    session.execute(delete(Clock))
    case.due_at = None
    session.flush()
    assert cases_without_clock(session) == [case.id]
    start_clock(session, case.id)
    assert case.due_at is not None
    assert running_clock(session, case).started_at == MONDAY
    assert cases_without_clock(session) == []
    start_clock(session, case.id)
    assert len(session.scalars(select(Clock)).all()) == 1
