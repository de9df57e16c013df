"""What is done beside a case: at once for a critical post, by whose task it is, and before the case is closed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from governance.audit.models import AuditEntry
from governance.cases.tasks.models import TASK_KINDS, CaseTask
from governance.cases.tasks.queries import open_tasks
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid, Missing, Refused, Stale
from governance.people.roles import RoleName
from governance.workflow.answer_concern import answer_concern
from governance.workflow.assign_task import assign_task
from governance.workflow.begin_tasks import begin_tasks
from governance.workflow.cancel_task import cancel_task
from governance.workflow.close_case import close_case
from governance.workflow.decide_report import decide_report
from governance.workflow.finish_task import finish_task
from governance.workflow.open_case import open_case
from governance.workflow.open_task import open_task
from governance.workflow.recuse import recuse
from governance.workflow.triage import triage
from tests.factories.cases import case_at, make_assessment, make_scoring, open_for
from tests.factories.tasks import end_all, task_of
from tests.fixtures.organisation import add_person

FRIDAY = datetime(2026, 3, 27, 15, tzinfo=UTC)  # the clocks go forward on the Sunday


@pytest.fixture
def critical(session, organisation):
    with clock.at(FRIDAY):
        return open_for(session, organisation.nurse, severity="critical")


def decide(session, actor, task, **given):
    told = {"report": "not_reported", "reasons": "Nobody can be recognised.", "version": task.version}
    return decide_report(session, actor, task=task, **(told | given))


def test_for_a_critical_post_they_begin_with_the_case_and_once(session, critical):
    assert tuple(task.kind for task in open_tasks(session, critical)) == TASK_KINDS
    assert begin_tasks(session, critical) == []
    rows = session.scalars(select(AuditEntry).where(AuditEntry.event == "task.opened")).all()
    assert len(rows) == len(TASK_KINDS)


@pytest.mark.parametrize("severity", ["medium", "high"])
def test_for_others_nothing_begins_by_itself(session, organisation, severity):
    assert open_tasks(session, open_for(session, organisation.nurse, severity=severity)) == []


def test_they_begin_when_a_later_version_is_critical(session, organisation):
    case = open_for(session, organisation.nurse, severity="medium")
    worse = make_scoring("critical", rulebook="test-2")
    open_case(session, assessment=make_assessment(session, case.post.latest, worse), scoring=worse)
    assert len(open_tasks(session, case)) == len(TASK_KINDS)


def test_seventy_two_hours_run_through_the_weekend_and_the_change_of_the_clocks(session, critical):
    running = task_of(session, critical, "data_breach").clock
    assert running.due_at == FRIDAY + timedelta(hours=72)
    assert not running.pausable


def test_not_reporting_is_recorded_with_its_reasons(session, organisation, critical):
    task = task_of(session, critical, "data_breach")
    with clock.at(FRIDAY + timedelta(hours=71)):
        for reasons in ("", "  "):
            with pytest.raises(Invalid) as error, session.begin_nested():
                decide(session, organisation.dpo, task, reasons=reasons)
            assert error.value.field == "reasons"
        decide(session, organisation.dpo, task)
    assert (task.state, task.report, task.words) == ("done", "not_reported", "Nobody can be recognised.")
    assert (task.clock.outcome, task.report_reference) == ("met", None)
    assert critical.events[-1].reason == "Nobody can be recognised."


def test_a_report_has_a_reference_and_a_late_one_its_reasons(session, organisation, critical):
    task = task_of(session, critical, "data_breach")
    with clock.at(FRIDAY + timedelta(hours=73)):
        for given, field in (({}, "reference"), ({"reference": "IC-1234"}, "delay_reasons")):
            with pytest.raises(Invalid) as error, session.begin_nested():
                decide(session, organisation.dpo, task, report="reported", **given)
            assert error.value.field == field
        decide(
            session,
            organisation.dpo,
            task,
            report="reported",
            reference="IC-1234",
            delay_reasons="Nobody was in.",
        )
    assert (task.clock.outcome, task.report_reference, task.delay_reasons) == (
        "missed",
        "IC-1234",
        "Nobody was in.",
    )


def test_a_breach_is_decided_neither_ticked_off_nor_cancelled(session, organisation, critical):
    task = task_of(session, critical, "data_breach")
    for verb, words in ((finish_task, {"done": "Yes."}), (cancel_task, {"reason": "No."})):
        with pytest.raises(Conflict):
            verb(session, organisation.dpo, task=task, version=task.version, **words)
    with pytest.raises(Conflict, match="Only a personal-data task"):
        decide(session, organisation.dpo, task_of(session, critical, "patient_notification"))


@pytest.mark.parametrize(
    ("kind", "who"),
    [("data_breach", "manager"), ("data_breach", "hr"), ("takedown", "dpo"), ("takedown", "nurse")],
)
def test_nobody_does_the_task_of_another(session, organisation, critical, kind, who):
    task, actor = task_of(session, critical, kind), getattr(organisation, who)
    with pytest.raises((Refused, Missing)):
        cancel_task(session, actor, task=task, version=task.version, reason="No.")


def test_two_people_at_one_task(session, organisation, critical):
    task = task_of(session, critical, "takedown")
    seen = task.version
    finish_task(session, critical.holder, task=task, version=seen, done="The author took it down.")
    with pytest.raises(Stale) as error:
        finish_task(session, critical.holder, task=task, version=seen, done="Again.")
    assert error.value.changes == ("Mark Osei has done this task: The author took it down.",)
    with pytest.raises(Conflict, match="done already"):
        cancel_task(session, critical.holder, task=task, version=task.version, reason="No.")


def test_what_happens_beside_a_case_makes_no_form_on_it_stale(session, organisation, critical):
    seen, task = critical.version, task_of(session, critical, "takedown")
    finish_task(session, critical.holder, task=task, version=task.version, done="Gone.")
    assert critical.version > seen
    triage(
        session,
        critical.holder,
        case=critical,
        version=seen,
        identity="theirs",
        how_known="Asked.",
        outcome="review",
        reason="A patient.",
        route="hr",
        decider=organisation.director,
    )
    assert critical.stage == "review"


def test_a_case_with_open_tasks_is_not_closed_and_says_what_is_missing(session, organisation):
    case = case_at(session, organisation, "issued")
    for kind in ("patient_notification", "data_breach"):
        open_task(session, case.holder, case=case, kind=kind, why="A face.")
    with pytest.raises(Conflict) as error, session.begin_nested():
        close_case(session, case.holder, case=case, version=case.version, reason="All done.")
    assert "Tell the patient" in error.value.message
    assert "Personal data: report to the ICO or not" in error.value.message
    end_all(session, case, organisation.dpo)
    close_case(session, case.holder, case=case, version=case.version, reason="All done.")
    assert case.stage == "closed"
    with pytest.raises(Refused, match="closed"):
        open_task(session, case.holder, case=case, kind="takedown", why="Again.")


def test_a_held_case_has_its_tasks_and_the_guardian_does_the_holders(session, organisation):
    case = open_for(session, organisation.nurse, severity="critical", guards=["protected_disclosure"])
    assert case.stage == "held"
    task = task_of(session, case, "takedown")
    with pytest.raises(Missing):
        finish_task(session, organisation.manager, task=task, version=task.version, done="No.")
    end_all(session, case, organisation.dpo)
    answer_concern(
        session,
        organisation.guardian,
        case=case,
        version=case.version,
        concern="Staffing at night.",
        answer="Staffing was put right.",
    )
    assert case.stage == "closed"


def test_opened_by_hand_by_those_who_work_on_the_case(session, organisation):
    with clock.at(FRIDAY):
        case = open_for(session, organisation.nurse)
        known = FRIDAY - timedelta(hours=10)
        task = open_task(session, case.holder, case=case, kind="data_breach", why="A face.", aware_at=known)
        assert task.clock.due_at == known + timedelta(hours=72)
        with pytest.raises(Conflict, match="open in this case already"):
            open_task(session, case.holder, case=case, kind="data_breach", why="Again.")
        for given, field in (
            ({"kind": "lunch", "why": "Hungry."}, "kind"),
            ({"kind": "takedown", "why": " "}, "why"),
            ({"kind": "takedown", "why": "A face.", "aware_at": FRIDAY + timedelta(hours=1)}, "aware_at"),
        ):
            with pytest.raises(Invalid) as error, session.begin_nested():
                open_task(session, case.holder, case=case, **given)
            assert error.value.field == field
    for who in (organisation.colleague, organisation.compliance, organisation.dpo):
        with pytest.raises(Missing):
            open_task(session, who, case=case, kind="takedown", why="No.")
    with pytest.raises(Refused):
        open_task(session, organisation.nurse, case=case, kind="takedown", why="No.")


def test_no_data_protection_clock_for_a_draft(session, organisation):
    case = open_for(session, organisation.nurse)
    case.post.kind, case.post.draft_state, case.post.posted_at = "draft", "awaiting_approval", None
    session.flush()
    with pytest.raises(Invalid, match="never published"):
        open_task(session, case.holder, case=case, kind="data_breach", why="A face.")
    case.severity = "critical"
    assert "data_breach" not in {task.kind for task in begin_tasks(session, case)}


def test_given_only_to_whose_task_it_is_or_who_sees_the_case(session, organisation, critical):
    task = task_of(session, critical, "data_breach")
    second = add_person(session, "Second Dpo", RoleName.DPO)
    for who in (None, organisation.hr, organisation.colleague, organisation.nurse, organisation.compliance):
        with pytest.raises(Invalid) as error, session.begin_nested():
            assign_task(session, critical.holder, task=task, version=task.version, to=who)
        assert error.value.field == "to"
    assign_task(session, organisation.dpo, task=task, version=task.version, to=second)
    with pytest.raises(Invalid, match="already"), session.begin_nested():
        assign_task(session, organisation.dpo, task=task, version=task.version, to=second)
    assign_task(session, critical.holder, task=task, version=task.version, to=organisation.director)
    with clock.at(FRIDAY + timedelta(hours=1)):
        decide(session, organisation.director, task)


def test_who_stepped_back_does_no_task(session, organisation):
    case = open_for(session, organisation.nurse, severity="critical")
    task = task_of(session, case, "takedown")
    recuse(session, organisation.manager, case=case, version=case.version, reason="A friend.")
    with pytest.raises(Missing):
        finish_task(session, organisation.manager, task=task, version=task.version, done="No.")
    finish_task(session, case.holder, task=task, version=task.version, done="Asked.")


def test_a_data_protection_officer_does_none_about_their_own_post(session, organisation):
    case = open_for(session, organisation.dpo, severity="critical")
    task = task_of(session, case, "data_breach")
    with pytest.raises(Missing):
        decide(session, organisation.dpo, task)
    assign_task(session, case.holder, task=task, version=task.version, to=case.holder)
    decide(session, case.holder, task)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "done"},
        {"state": "done", "words": "x", "ended_at": FRIDAY, "ended_by_id": 1},
        {"report": "reported"},
        {"state": "done", "words": "x", "ended_at": FRIDAY, "ended_by_id": 1, "report": "reported"},
        {"state": "done", "words": " ", "ended_at": FRIDAY, "ended_by_id": 1, "report": "not_reported"},
        {"opened_by_id": 1, "why": None},
        {"kind": "lunch"},
    ],
)
def test_no_half_decided_breach(session, critical, values):
    task = task_of(session, critical, "data_breach")
    with pytest.raises(IntegrityError):
        session.execute(update(CaseTask).where(CaseTask.id == task.id).values(**values))
