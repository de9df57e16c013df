"""In a browser: the 72 hours decided, a clock that stands still and goes on, and a task done before its case closes."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from governance.cases.models import Case
from governance.cases.tasks.models import CaseTask
from tests.factories.cases import case_at, open_for

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


def test_seventy_two_hours_decided_not_to_report(session, organisation, browse, axe):
    case = open_for(session, organisation.nurse, severity="critical")
    session.commit()
    dpo = browse(organisation.dpo)
    dpo.goto("/")
    expect(dpo.get_by_role("heading", name="Tasks for you")).to_be_visible()
    dpo.get_by_role("link", name="Personal data: report to the ICO or not").first.click()
    expect(dpo.locator("main")).to_contain_text("hours left, until")
    assert axe(dpo) == []
    dpo.get_by_role("link", name="Record the decision").click()
    dpo.get_by_role("radio", name="No: a risk to anybody is unlikely, or nobody's data is in it").check()
    dpo.get_by_role("button", name="Record this decision").click()
    expect(dpo.get_by_role("link", name="Enter your reasons.")).to_be_visible()
    dpo.get_by_label("Why?").fill("Only colleagues could read it, and it was gone within the hour.")
    dpo.get_by_role("button", name="Record this decision").click()
    expect(dpo.locator("body")).to_contain_text("Your decision is recorded with its reasons.")
    dpo.goto("/tasks?view=ended")
    dpo.get_by_role("link", name="Personal data: report to the ICO or not").click()
    expect(dpo.locator("main")).to_contain_text("Not reported to the ICO.")
    session.rollback()
    task = session.scalars(select(CaseTask).where(CaseTask.kind == "data_breach")).one()
    assert (task.case_id, task.report, task.clock.outcome) == (case.id, "not_reported", "met")


def test_a_clock_stands_still_and_goes_on(session, organisation, browse, axe):
    reference = open_for(session, organisation.nurse).reference
    session.commit()
    manager, nurse = browse(organisation.manager), browse(organisation.nurse)
    manager.goto(f"/cases/{reference}")
    expect(manager.locator(".app-case-head")).to_contain_text("working days left, until")
    manager.get_by_role("link", name="Let the clock stand still").click()
    assert axe(manager) == []
    manager.get_by_label("Why?").fill("The platform has not answered yet.")
    manager.get_by_role("button", name="Let the clock stand still").click()
    expect(manager.locator(".app-case-head")).to_contain_text("Paused since")
    nurse.goto(f"/cases/{reference}")
    expect(nurse.locator("main")).to_contain_text("The platform has not answered yet.")
    manager.get_by_role("link", name="Let the clock go on").click()
    manager.get_by_label("Why?").fill("They have answered.")
    manager.get_by_role("button", name="Let the clock go on").click()
    expect(manager.locator(".app-case-head")).to_contain_text("working days left, until")
    assert axe(manager) == []


def test_a_task_is_done_and_then_the_case_closes(session, organisation, browse, axe):
    reference = case_at(session, organisation, "issued").reference
    session.commit()
    manager = browse(organisation.manager)
    manager.goto(f"/cases/{reference}")
    manager.get_by_role("link", name="Open a task").click()
    assert axe(manager) == []
    manager.get_by_role("radio", name="Ask for the post to be changed or taken down").check()
    manager.get_by_label("Why is it needed?").fill("A face can be seen.")
    manager.get_by_role("button", name="Open this task").click()
    expect(manager.locator("body")).to_contain_text("The task is open, and its clock runs.")
    close(manager, reference)
    expect(manager.locator("body")).to_contain_text("cannot be closed yet")
    manager.goto("/tasks")
    manager.get_by_role("link", name="Ask for the post to be changed or taken down").click()
    manager.get_by_role("link", name="Say what was done").click()
    manager.get_by_label("What was done?").fill("Nia took the picture down while we spoke.")
    manager.get_by_role("button", name="This task is done").click()
    expect(manager.locator("body")).to_contain_text("The task is done.")
    close(manager, reference)
    expect(manager.locator("main")).to_contain_text("Closed")
    session.rollback()
    assert session.scalars(select(Case.stage).where(Case.reference == reference)).one() == "closed"


def close(manager, reference):
    manager.goto(f"/cases/{reference}/close")
    manager.get_by_label("What was done?").fill("The post was changed.")
    manager.get_by_role("button", name="Close and tell").click()
