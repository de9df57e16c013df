"""The pages of tasks: what is mine, what each needs, and nothing of a case that is not mine to see."""

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import event, select

from governance.audit.models import AuditEntry
from governance.cases.models import Case
from governance.cases.tasks.models import CaseTask
from governance.cases.tasks.policy import may_do, may_see
from governance.cases.tasks.queries import TASK_VIEWS, tasks_for
from governance.kernel import clock
from governance.people.models import Person
from governance.workflow.decide_report import decide_report
from governance.workflow.open_task import open_task
from tests.factories.cases import WORDS, case_at, open_for
from tests.factories.tasks import end_all

PEOPLE = (
    "nurse",
    "colleague",
    "manager",
    "director",
    "clinical_lead",
    "hr",
    "compliance",
    "guardian",
    "dpo",
    "admin",
)
TOKENS = re.compile(r'name="csrf_token"[^>]*value="[^"]*"|nonce="[^"]*"')


@dataclass
class Made:
    """A committed case and its tasks, as plain values: a test that read them later would hold the database to itself."""

    case_id: int
    reference: str
    version: int
    tasks: dict[str, int]
    versions: dict[str, int]


def made(session, case):
    session.flush()
    rows = session.scalars(select(CaseTask).where(CaseTask.case_id == case.id)).all()
    values = Made(
        case.id,
        case.reference,
        case.version,
        {task.kind: task.id for task in rows},
        {task.kind: task.version for task in rows},
    )
    session.commit()
    return values


@pytest.fixture
def critical(session, organisation):
    return made(session, open_for(session, organisation.nurse, severity="critical"))


@pytest.fixture
def held(session, organisation):
    return made(
        session, open_for(session, organisation.nurse, severity="critical", guards=["protected_disclosure"])
    )


def test_each_sees_what_is_theirs_by_the_time_that_is_left(organisation, visitor, critical):
    page = unescape(visitor(organisation.dpo).get("/tasks").text)
    assert page.index("Personal data: report to the ICO or not") < page.index("Tell the patient")
    assert "Ask for the post to be changed" not in page
    assert "72 hours left" in page or "71 hours left" in page
    assert "Ask for the post to be changed" in visitor(organisation.manager).get("/tasks").text
    assert "Nothing is to be done by you" in visitor(organisation.hr).get("/tasks").text


def test_lists_are_those_of_the_policy(session, organisation, critical, held):
    case_at(session, organisation, "review", severity="critical")
    end_all(session, open_for(session, organisation.manager, severity="critical"), organisation.dpo)
    all_tasks = session.scalars(select(CaseTask)).all()
    for name in PEOPLE:
        person = getattr(organisation, name)
        listed = {
            view: {task.id for task in session.scalars(tasks_for(person, view)).unique()}
            for view in TASK_VIEWS
        }
        open_ = [task for task in all_tasks if task.state == "open"]
        assert listed["yours"] == {task.id for task in open_ if may_do(person, task) is None}, name
        assert listed["yours"] | listed["others"] == {task.id for task in open_ if may_see(person, task)}, (
            name
        )
        assert listed["ended"] == {
            one.id for one in all_tasks if one.state != "open" and may_see(person, one)
        }, name


def again_by_hand(session, organisation, made):
    """The task is decided, and its holder opens another; the number of the new one."""
    case, task = session.get(Case, made.case_id), session.get(CaseTask, made.tasks["data_breach"])
    given = {"report": "not_reported", "reasons": "Nobody can be known."}
    decide_report(session, organisation.dpo, task=task, version=task.version, **given)
    number = open_task(session, case.holder, case=case, kind="data_breach", why="A face.").id
    session.commit()
    return number


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_task_of_a_held_case_looks_like_any_other(session, organisation, visitor, critical, held, by_hand):
    """Nothing on any page of the data protection officer tells that a guardian has the case."""
    if by_hand:
        for one in (critical, held):
            one.tasks["data_breach"] = again_by_hand(session, organisation, one)
    dpo, pages = visitor(organisation.dpo), []
    for case in (critical, held):
        assert dpo.get(f"/cases/{case.reference}").status_code == 404
        task = case.tasks["data_breach"]
        shown = [dpo.get(f"/tasks/{task}{part}").text for part in ("", "/report", "/person")]
        for page in shown:
            assert "Nia Rowan" not in page
            assert "Gus Adler" not in page
            assert "Mark Osei" not in page
            assert "uardian" not in page.replace("Freedom to Speak Up guardian", "")
        plain = [TOKENS.sub("", page) for page in shown]
        pages.append(
            [page.replace(case.reference, "CASE").replace(f"/tasks/{task}", "/tasks/N") for page in plain]
        )
    assert [re.sub(r"\d+ (hours|minutes)|\d+:\d\d[ap]m|value=\"\d+\"", "", page) for page in pages[0]] == [
        re.sub(r"\d+ (hours|minutes)|\d+:\d\d[ap]m|value=\"\d+\"", "", page) for page in pages[1]
    ]


@pytest.mark.parametrize("who", ["manager", "director", "hr", "clinical_lead"])
def test_the_line_learns_nothing_of_a_held_case_by_its_tasks(session, organisation, visitor, held, who):
    visit = visitor(getattr(organisation, who))
    assert held.reference not in visit.get("/tasks").text + visit.get("/tasks?view=others").text
    for task in held.tasks.values():
        assert visit.get(f"/tasks/{task}").status_code == 404
        assert visit.post(f"/tasks/{task}/done", {"version": 1, "done": "x"}).status_code == 404


def test_after_a_release_nobody_of_the_line_reads_the_guardians_name(session, organisation, visitor, held):
    from governance.workflow.finish_task import finish_task
    from governance.workflow.release_from_hold import release_from_hold

    case, task = session.get(Case, held.case_id), session.get(CaseTask, held.tasks["takedown"])
    finish_task(session, organisation.guardian, task=task, version=task.version, done="Asked her.")
    release_from_hold(
        session, organisation.guardian, case=case, version=case.version, concern="Staffing.", reason="Look."
    )
    session.commit()
    places = (f"/cases/{held.reference}", f"/tasks/{held.tasks['takedown']}")
    manager = visitor(organisation.manager)
    case_page, page = (manager.get(place).text for place in places)
    assert "Asked her." in page
    assert "Gus Adler" not in case_page + page
    assert "Somebody who looks after the case" in page
    assert "With the speak-up guardian" not in case_page


def test_the_author_reads_what_is_asked_of_them_and_opens_no_task(session, organisation, visitor, critical):
    page = unescape(visitor(organisation.nurse).get(f"/cases/{critical.reference}").text)
    assert "Please edit the post or take it down" in page
    assert "ICO" not in page
    assert "before any referral" not in page
    place = f"/tasks/{critical.tasks['takedown']}"
    assert visitor(organisation.nurse).get(place).status_code == 403  # staff have no page of tasks


def test_a_decision_not_to_report_needs_its_reasons_and_is_kept(session, organisation, visitor, critical):
    task, seen = critical.tasks["data_breach"], critical.versions["data_breach"]
    dpo, place = visitor(organisation.dpo), f"/tasks/{task}/report"
    refused = dpo.post(place, {"version": seen, "report": "not_reported", "reasons": ""})
    assert refused.status_code == 422
    assert "Enter your reasons" in refused.text
    assert "Why did it take longer" not in refused.text
    sent = dpo.post(place, {"version": seen, "report": "not_reported", "reasons": "Only colleagues read it."})
    assert sent.status_code == 303
    page = dpo.get(f"/tasks/{task}").text
    assert "Not reported to the ICO" in page
    assert "Only colleagues read it." in page
    again = dpo.post(place, {"version": seen, "report": "reported", "reasons": "My other thought"})
    assert again.status_code == 409
    assert "My other thought" in again.text


def test_a_late_decision_is_asked_why(session, organisation, visitor):
    with clock.at(clock.now() - timedelta(hours=80)):
        case = made(session, open_for(session, organisation.nurse, severity="critical"))
    task, dpo = case.tasks["data_breach"], visitor(organisation.dpo)
    assert "Overdue by 8 hours" in dpo.get(f"/tasks/{task}").text
    assert "Why did it take longer than 72 hours?" in dpo.get(f"/tasks/{task}/report").text


def test_a_look_at_a_post_without_its_case_leaves_a_trace(session, organisation, visitor, critical):
    task, dpo = critical.tasks["data_breach"], visitor(organisation.dpo)
    for _ in range(2):
        assert WORDS in unescape(dpo.get(f"/tasks/{task}").text)
    session.rollback()
    seen = session.scalars(select(AuditEntry).where(AuditEntry.event == "task.viewed")).all()
    assert [(one.thing_id, one.actor_id) for one in seen] == [(task, organisation.dpo.id)]


def test_a_task_opened_and_given_by_hand(session, organisation, visitor):
    case = made(session, open_for(session, organisation.nurse))
    manager, place = visitor(organisation.manager), f"/cases/{case.reference}/tasks/new"
    assert "Open a task" in manager.get(f"/cases/{case.reference}").text
    wrong = manager.post(
        place, {"kind": "takedown", "why": "A face.", "known_on": "soon", "known_at": "10:00"}
    )
    assert "Enter the day" in wrong.text
    assert manager.post(place, {"kind": "takedown", "why": "A face can be seen."}).status_code == 303
    task = session.scalars(select(CaseTask).where(CaseTask.case_id == case.case_id)).one()
    where, told = f"/tasks/{task.id}", {"version": task.version, "to": organisation.director.id}
    session.commit()
    given = manager.post(f"{where}/person", told)
    assert given.status_code == 303
    assert "A face can be seen." in visitor(organisation.director).get(where).text
    assert visitor(organisation.dpo).get(place).status_code == 404


def test_a_case_with_open_tasks_says_what_is_missing_and_keeps_the_text(session, organisation, visitor):
    issued = case_at(session, organisation, "issued")
    open_task(session, issued.holder, case=issued, kind="patient_notification", why="A face.")
    case = made(session, issued)
    reply = visitor(organisation.manager).post(
        f"/cases/{case.reference}/close",
        {"version": case.version, "reason": "The post was edited on 3 June."},
    )
    assert reply.status_code == 409
    assert "Tell the patient" in reply.text
    assert "The post was edited on 3 June." in reply.text


def test_few_queries_however_many_tasks(engine, session, organisation, visitor):
    def queries() -> int:
        visit, count = visitor(organisation.dpo), 0

        def counted(*_):
            nonlocal count
            count += 1

        event.listen(engine, "before_cursor_execute", counted)
        try:
            assert visit.get("/tasks").status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", counted)
        return count

    def several(number):
        for _ in range(number):
            open_for(session, session.get(Person, organisation.nurse.id), severity="critical")
        session.commit()

    several(2)
    few = queries()
    several(8)
    assert queries() <= few + 2


def test_pause_and_resume_on_the_case_page(session, organisation, visitor):
    case = made(session, open_for(session, organisation.nurse))
    manager, place = visitor(organisation.manager), f"/cases/{case.reference}"
    assert "working days left, until" in manager.get(place).text
    assert manager.get(f"{place}/resume").status_code == 403
    sent = manager.post(f"{place}/pause", {"version": case.version, "reason": "Waiting for the platform."})
    assert sent.status_code == 303
    page = manager.get(place).text
    assert "Paused since" in page
    assert "Let the clock go on" in page
    assert "Waiting for the platform." in visitor(organisation.nurse).get(place).text
    paused = session.get(Case, case.case_id)
    seen = paused.version
    assert paused.due_at is None
    session.rollback()
    assert manager.post(f"{place}/resume", {"version": seen, "reason": "They answered."}).status_code == 303
    assert session.get(Case, case.case_id).due_at is not None
    session.rollback()
    assert "Paused since" not in manager.get(place).text
