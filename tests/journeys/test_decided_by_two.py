"""Two who differ and then agree, an appeal that is varied, a case that opens again, and a step that is taken back."""

import os

import pytest
from playwright.sync_api import expect

from governance.cases.models import Case
from tests.factories.cases import add_newcomer, case_at, open_for
from tests.fixtures.looking import looks_wrong

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
SHOTS = os.environ.get("SHOTS")


def shot(page, name):
    """A picture for whoever asks for one by the environment variable SHOTS, a folder."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
        page.set_viewport_size({"width": 375, "height": 800})
        page.screenshot(path=f"{SHOTS}/{name}-375.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


def act(page, case, link):
    page.goto(f"/cases/{case}")
    page.get_by_role("link", name=link).first.click()


def send(page, button):
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("There is a problem")).to_have_count(0)


def test_two_differ_then_agree_and_the_author_appeals(session, organisation, browse, axe):
    second = add_newcomer(session)
    case = case_at(session, organisation, "decision").reference
    session.commit()
    director, newcomer, nurse = browse(organisation.director), browse(second), browse(organisation.nurse)

    act(director, case, "Write the decision")
    director.get_by_label("Tell the police").check()
    director.get_by_label("Why?", exact=True).fill("The words threaten a named colleague.")
    director.get_by_label("Good medical practice, paragraph 88").check()
    assert looks_wrong(director, axe) == []
    shot(director, "decide")
    send(director, "Give this decision")
    expect(director.locator("h1")).to_have_text(case)
    shot(director, "proposed")

    newcomer.goto(f"/cases/{case}")
    assert "police" not in newcomer.locator("main").inner_text().lower()
    shot(newcomer, "blind-case")
    act(newcomer, case, "Write what you would decide")
    assert "threaten a named colleague" not in newcomer.locator("body").inner_text()
    newcomer.get_by_label("Learning", exact=True).check()
    newcomer.get_by_label("Why?").fill("A remark in anger, taken down within the hour.")
    assert looks_wrong(newcomer, axe) == []
    shot(newcomer, "blind-opinion")
    send(newcomer, "Keep my opinion")
    expect(newcomer.locator("body")).to_contain_text("The case goes back")
    nurse.goto(f"/cases/{case}")
    assert "police" not in nurse.locator("main").inner_text().lower()

    decided_anew(director, newcomer, case, axe)
    appealed(session, organisation, browse, axe, case, nurse)


def decided_anew(director, newcomer, case, axe):
    act(director, case, "Write the decision")
    expect(director.locator("body")).to_contain_text("A remark in anger")
    director.get_by_label("Learning", exact=True).check()
    director.get_by_label("What did you change").fill("I read it as anger too.")
    director.get_by_label("Why?", exact=True).fill("It was said in anger and is gone. Learning is enough.")
    director.get_by_label("Good medical practice, paragraph 88").check()
    assert looks_wrong(director, axe) == []
    shot(director, "decide-anew")
    send(director, "Send to the second person")

    act(newcomer, case, "Read the decision and compare")
    expect(newcomer.locator("body")).to_contain_text("Learning is enough")
    newcomer.get_by_label("Yes: give it to Nia Rowan").check()
    assert looks_wrong(newcomer, axe) == []
    shot(newcomer, "compare")
    send(newcomer, "Send")
    expect(newcomer.locator("body")).to_contain_text("Two people stand behind")
    shot(newcomer, "issued")


def appealed(session, organisation, browse, axe, case, nurse):
    hearer = add_newcomer(session, "Thea Bird")
    session.commit()
    act(nurse, case, "Appeal against the decision")
    nurse.get_by_label("Why do you think").fill("I have done that course this year already.")
    assert looks_wrong(nurse, axe) == []
    shot(nurse, "appeal")
    send(nurse, "Send your appeal")
    expect(nurse.locator("body")).to_contain_text("Thea Bird hears it")

    director = browse(organisation.director)
    act(director, case, "Say something to the appeal")
    director.get_by_label("What do you say").fill("I did not know of the course.")
    assert looks_wrong(director, axe) == []
    send(director, "Send your answer")

    page = browse(hearer)
    act(page, case, "Decide the appeal")
    page.get_by_label("A lighter outcome takes its place").check()
    page.get_by_label("A supportive conversation").check()
    page.get_by_label("Why?").fill("The course was done in March. A talk is enough.")
    assert looks_wrong(page, axe) == []
    shot(page, "hearing")
    send(page, "Decide, and tell Nia Rowan")
    nurse.goto(f"/cases/{case}")
    for words in ("A lighter outcome takes its place", "The course was done in March", "I did not know"):
        expect(nurse.locator("body")).to_contain_text(words)
    assert "I read it as anger too" not in nurse.locator("main").inner_text()
    assert looks_wrong(nurse, axe) == []
    shot(nurse, "author-after-appeal")


def test_a_case_opens_again_and_a_step_is_taken_back(session, organisation, browse, axe):
    case: Case = case_at(session, organisation, "closed")
    other = open_for(session, organisation.colleague)
    reference, first = case.reference, other.reference
    session.commit()
    manager = browse(organisation.manager)
    act(manager, reference, "Reopen the case")
    manager.get_by_label("Why is it opened again?").fill("A second screenshot turned up.")
    manager.get_by_label("To a first look").check()
    assert looks_wrong(manager, axe) == []
    shot(manager, "reopen")
    send(manager, "Reopen, and tell Nia Rowan")
    expect(manager.locator("body")).to_contain_text("is open again")
    shot(manager, "reopened")

    act(manager, first, "Take the first look")
    manager.locator("input[name=identity]").first.check()
    manager.get_by_label("How do you know?").fill("It is their registered account.")
    manager.get_by_label("No concern: close with no action").check()
    manager.get_by_label("Why?", exact=True).fill("Nothing in it.")
    manager.locator("form[method=post] button").last.click()
    expect(manager.locator("body")).to_contain_text(f"{first} is closed")
    act(manager, first, "Take back what you did last")
    manager.get_by_label("Why do you take it back?").fill("I had the wrong case open.")
    assert looks_wrong(manager, axe) == []
    shot(manager, "undo")
    send(manager, "Take it back")
    expect(manager.locator("body")).to_contain_text("The last step was taken back")
