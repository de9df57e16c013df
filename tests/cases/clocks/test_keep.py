"""A clock for each visit to a stage, and the case says what it says."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from governance.cases.clocks.keep import pause, resume, running_clock
from governance.cases.clocks.models import Clock, ClockPause
from governance.cases.clocks.timing import last_day
from governance.cases.clocks.words import left
from governance.kernel import clock
from governance.workflow.triage import triage
from governance.workflow.undo import undo
from tests.factories.cases import case_at, make_assessment, make_scoring, open_for, to_review
from tests.fixtures.organisation import Organisation

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def clocks_of(session, case):
    return list(session.scalars(select(Clock).where(Clock.case_id == case.id).order_by(Clock.id)))


def test_a_new_case_is_due_by_its_severity(session, organisation: Organisation):
    with clock.at(MONDAY):
        high, critical = (
            open_for(session, organisation.nurse),
            open_for(session, organisation.nurse, severity="critical"),
        )
    assert last_day(high.due_at).isoformat() == "2026-03-04"
    assert critical.due_at == MONDAY + timedelta(hours=24)
    assert running_clock(session, high).starts == "the case reached its holder"


def test_each_stage_has_its_own_and_history_stays(session, organisation: Organisation):
    with clock.at(MONDAY):
        case = open_for(session, organisation.nurse)
    with clock.at(MONDAY + timedelta(days=3)):
        to_review(session, case, organisation.director)
    first, second = clocks_of(session, case)
    assert (first.stage, first.outcome, first.stopped_at) == ("triage", "missed", MONDAY + timedelta(days=3))
    assert (second.stage, second.started_at, second.stopped_at) == (
        "review",
        MONDAY + timedelta(days=3),
        None,
    )
    assert case.due_at == second.due_at
    assert left(first).text == "Late: took 2 working days, was due Wednesday 4 March"


def test_a_closed_case_is_due_nothing(session, organisation: Organisation):
    with clock.at(MONDAY):
        case = open_for(session, organisation.nurse)
        triage(
            session,
            case.holder,
            case=case,
            version=case.version,
            identity="theirs",
            how_known="Asked.",
            outcome="no_concern",
            reason="General words.",
        )
    assert (case.due_at, case.paused_since) == (None, None)
    assert [one.outcome for one in clocks_of(session, case)] == ["met"]


def test_what_is_paused_comes_back_whole(session, organisation: Organisation):
    with clock.at(MONDAY):
        case = case_at(session, organisation, "reply")
    running = running_clock(session, case)
    with clock.at(MONDAY + timedelta(days=1)):
        pause(session, running, organisation.director, "Nia is on sick leave.")
        session.flush()
        assert (case.due_at, case.paused_since) == (None, MONDAY + timedelta(days=1))
        assert left(running).text == "Paused since Tuesday 3 March, with 10 working days left"
    with clock.at(MONDAY + timedelta(days=8)):
        resume(running, organisation.director, "Nia is back.")
        session.flush()
        assert left(running).text == "10 working days left, until Monday 23 March"
    assert case.paused_since is None
    assert last_day(case.due_at).isoformat() == "2026-03-23"  # five working days ended in the pause


def test_what_is_done_while_it_stands_still_is_in_time(session, organisation: Organisation):
    with clock.at(MONDAY):
        case = open_for(session, organisation.nurse)
        pause(session, running_clock(session, case), organisation.manager, "Waiting for the platform.")
        session.flush()
    with clock.at(MONDAY + timedelta(days=20)):
        to_review(session, case, organisation.director)
    first = clocks_of(session, case)[0]
    assert (first.outcome, first.pauses[0].resumed_at) == ("met", MONDAY + timedelta(days=20))


def test_a_rise_in_severity_shortens_what_is_left(session, organisation: Organisation):
    from governance.workflow.open_case import open_case

    with clock.at(MONDAY):
        case = open_for(session, organisation.nurse, severity="medium")
        before = case.due_at
        worse = make_scoring("critical", rulebook="test-2")
        open_case(session, assessment=make_assessment(session, case.post.latest, worse), scoring=worse)
    assert case.severity == "critical"
    assert case.due_at == MONDAY + timedelta(hours=24) < before


@pytest.mark.parametrize(
    "values",
    [
        {"outcome": "met"},
        {"stopped_at": MONDAY - timedelta(days=1), "outcome": "met"},
        {"stage": None},
        {"due_at": None},
        {"target": 0},
        {"pausable": False, "due_at": None, "warn_at": None},
    ],
)
def test_no_half_stopped_clock(session, organisation: Organisation, values):
    with clock.at(MONDAY):
        case = open_for(session, organisation.nurse)
    with pytest.raises(IntegrityError):
        session.execute(update(Clock).where(Clock.case_id == case.id).values(**values))


def test_the_database_pauses_no_clock_that_never_pauses(session, organisation: Organisation):
    case = open_for(session, organisation.nurse)
    running = running_clock(session, case)
    running.pausable = False
    session.flush()
    session.add(
        ClockPause(clock_id=running.id, paused_at=clock.now(), paused_by=organisation.manager, reason="No.")
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_one_running_clock_a_case(session, organisation: Organisation):
    case = open_for(session, organisation.nurse)
    one = running_clock(session, case)
    kept = {
        key: getattr(one, key) for key in ("unit", "target", "warn", "nation", "starts", "source", "pausable")
    }
    session.add(
        Clock(
            case_id=case.id,
            stage="review",
            started_at=one.started_at,
            warn_at=one.warn_at,
            due_at=one.due_at,
            **kept,
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_step_that_is_taken_back_lets_the_clock_go_on(session, organisation: Organisation):
    with clock.at(MONDAY):
        case = open_for(session, organisation.nurse)
    with clock.at(MONDAY + timedelta(days=1)):
        due = case.due_at
        to_review(session, case, organisation.director)
        undo(session, case.holder, case=case, version=case.version, reason="The wrong decider.")
    first, second = clocks_of(session, case)
    assert (case.stage, case.due_at) == ("triage", due)
    assert (first.stage, first.stopped_at, first.started_at) == ("triage", None, MONDAY)
    assert (second.stage, second.outcome) == ("review", "met")
