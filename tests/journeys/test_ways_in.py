"""How a case comes about beside the score, in a browser: each way in, a hacked account, and a concern followed to its end."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from governance.kernel import clock
from tests.factories.cases import open_for
from tests.factories.posts import GOOD
from tests.factories.reports import PNG
from tests.fixtures.looking import looks_wrong

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
WORRY = "She could know herself in it."


def fill_report(page: Page, way: str, whose: str, text: str = GOOD) -> None:
    """Report a post as far as everybody tells it; the page is left before sending."""
    page.goto("/reports/new")
    page.get_by_label(way, exact=True).check()
    page.get_by_label("Whose post is it?").fill(whose)
    page.get_by_label("Where was it posted?").select_option("facebook")
    page.get_by_label("Day it was posted").fill(clock.local_date(clock.now() - timedelta(days=2)).isoformat())
    page.get_by_label("Time in the United Kingdom").fill("18:30")
    page.get_by_label("The words of the post").fill(text)
    page.get_by_label("What worries you about it?").fill(WORRY)


def send(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def open_only_case(page: Page) -> None:
    """From the queue to the one case in it."""
    page.goto("/cases/")
    with page.expect_navigation():
        page.get_by_role("link", name="CASE-").first.click()


@pytest.fixture
def known(session, organisation):
    """Keys and addresses of the people, read before: a session that has read holds SQLite's one write lock."""
    read = {
        who: (str(getattr(organisation, who).id), getattr(organisation, who).email)
        for who in ("nurse", "colleague", "manager")
    }
    session.rollback()
    return read


def pages(session, organisation, browse, *names: str) -> list[Page]:
    """A page of each of these people."""
    opened = [browse(getattr(organisation, name)) for name in names]
    session.rollback()
    return opened


def test_a_colleagues_report_of_a_hacked_account(session, organisation, known, browse, axe):
    colleague, manager, nurse = pages(session, organisation, browse, "colleague", "manager", "nurse")
    fill_report(colleague, "A post by somebody else here", known["nurse"][1])
    colleague.locator("input[type=file]").set_input_files(
        files=[{"name": "screen.png", "mimeType": "image/png", "buffer": PNG}]
    )
    assert looks_wrong(colleague, axe) == []
    send(colleague, "Send this report")
    expect(colleague.locator("main")).to_contain_text("Being looked at")

    open_only_case(manager)
    expect(manager.locator("main")).to_contain_text(WORRY)
    expect(manager.locator("main")).not_to_contain_text("Col Abara")
    assert looks_wrong(manager, axe) == []
    with manager.expect_navigation():
        manager.get_by_role("link", name="Take the first look").click()
    manager.get_by_label("No: their account, but somebody else used it (hacked)").check()
    manager.get_by_label("How do you know?").fill("She rang me: the password was stolen.")
    manager.get_by_label("Close: it was not theirs").check()
    manager.get_by_label("Why?", exact=True).fill("Somebody else wrote it from her account.")
    send(manager, "Save the first look")

    nurse.goto("/cases/yours")
    with nurse.expect_navigation():
        nurse.get_by_role("link", name="CASE-").first.click()
    expect(nurse.locator("main")).to_contain_text("This is not held against you in any way")
    expect(nurse.locator("main")).to_contain_text("turn on two-step sign-in")
    expect(nurse.locator("main")).not_to_contain_text("Col Abara")
    assert looks_wrong(nurse, axe) == []
    colleague.reload()
    expect(colleague.locator("main")).to_contain_text("is closed")


def test_not_sure_whose_then_hr_finds_out(session, organisation, known, browse, axe):
    colleague, hr, manager = pages(session, organisation, browse, "colleague", "hr", "manager")
    fill_report(colleague, "A post by somebody else here", "A nurse called Nia")
    send(colleague, "Send this report")
    hr.goto("/reports/waiting")
    assert looks_wrong(hr, axe) == []
    with hr.expect_navigation():
        hr.get_by_role("link", name="REP-").click()
    assert looks_wrong(hr, axe) == []
    with hr.expect_navigation():
        hr.get_by_role("link", name="Say whose post it is").click()
    hr.get_by_label("Whose post is it?").select_option(known["nurse"][0])
    hr.get_by_label("How do you know, or what is new in it?").fill("The picture shows her badge.")
    send(hr, "Open a case, or add it to the open one")
    expect(hr.locator("main")).to_contain_text("None waits.")
    open_only_case(manager)
    expect(manager.locator("main")).to_contain_text("A colleague's report")


def test_telling_of_ones_own_post(session, organisation, browse):
    nurse, manager = pages(session, organisation, browse, "nurse", "manager")
    fill_report(nurse, "A post of your own", "")
    send(nurse, "Send this report")
    open_only_case(manager)
    expect(manager.locator("main")).to_contain_text("That counts in their favour")


@pytest.mark.parametrize(
    ("way", "who", "origin"),
    [
        ("A patient or member of the public complained", "manager", "A patient's complaint"),
        ("A regulator wrote to us", "compliance", "A regulator's letter"),
    ],
)
def test_what_came_from_outside(session, organisation, known, browse, way, who, origin):
    writer, manager = pages(session, organisation, browse, who, "manager")
    fill_report(writer, way, known["colleague"][1])
    writer.get_by_text("It came from a patient, a member of the public or a regulator").click()
    writer.get_by_label("Who wrote to us?").fill("Pat Ashby")
    writer.get_by_label("Their reference").fill("R/2026/17")
    send(writer, "Send this report")
    expect(writer.locator("main")).to_contain_text("Pat Ashby (R/2026/17)")
    open_only_case(manager)
    expect(manager.locator("main")).to_contain_text(origin)


def test_a_concern_is_followed_to_its_end(session, organisation, known, browse, axe):
    open_for(session, organisation.nurse, guards=["protected_disclosure"])
    session.commit()
    guardian, nurse = pages(session, organisation, browse, "guardian", "nurse")
    open_only_case(guardian)
    with guardian.expect_navigation():
        guardian.get_by_role("link", name="Answer the concern and close").click()
    guardian.get_by_label("What concern was raised?").fill("Two nurses for thirty beds.")
    guardian.get_by_label("How was the concern answered?").fill("A third nurse starts on Monday.")
    send(guardian, "Close with no action")

    guardian.goto("/concerns/")
    assert looks_wrong(guardian, axe) == []
    with guardian.expect_navigation():
        guardian.get_by_role("link", name="CON-").click()
    with guardian.expect_navigation():
        guardian.get_by_role("link", name="Name somebody whom it touches").click()
    guardian.get_by_label("Who?").select_option(known["manager"][0])
    guardian.get_by_label("Why?").fill("The rota is his.")
    send(guardian, "Name this person")
    assert looks_wrong(guardian, axe) == []
    with guardian.expect_navigation():
        guardian.get_by_role("link", name="Look what happened to Nia Rowan since").click()
    expect(guardian.locator("main")).to_contain_text("did 0 things about Nia Rowan")
    assert looks_wrong(guardian, axe) == []
    guardian.go_back()
    with guardian.expect_navigation():
        guardian.get_by_role("link", name="Close it").click()
    guardian.get_by_label("How did it end?").fill("Nothing came after it.")
    send(guardian, "Close it and tell Nia Rowan")

    nurse.goto("/reports/")
    with nurse.expect_navigation():
        nurse.get_by_role("link", name="CON-").click()
    expect(nurse.locator("main")).to_contain_text("Nothing came after it.")
    expect(nurse.locator("main")).not_to_contain_text("Mark Osei")
    assert looks_wrong(nurse, axe) == []


def test_the_author_objects_and_another_takes_the_place(session, organisation, known, browse, axe):
    reference = open_for(session, organisation.nurse).reference
    session.commit()
    nurse, hr, director = pages(session, organisation, browse, "nurse", "hr", "director")
    nurse.goto(f"/cases/{reference}")
    with nurse.expect_navigation():
        nurse.get_by_role("link", name="Object to somebody who acts in your case").click()
    assert looks_wrong(nurse, axe) == []
    nurse.get_by_label("To whom do you object?").select_option(known["manager"][0])
    nurse.get_by_label("Why should they not act in it?").fill("I complained about him in March.")
    send(nurse, "Send your objection")
    expect(nurse.locator("main")).to_contain_text("not decided yet")

    hr.goto("/")
    with hr.expect_navigation():
        hr.get_by_role("link", name=f"Decide an objection in {reference}").click()
    assert looks_wrong(hr, axe) == []
    hr.get_by_label("Yes: somebody else takes their place").check()
    hr.get_by_label("Why?").fill("A fair-minded person would doubt it.")
    send(hr, "Decide it and tell Nia Rowan")

    nurse.reload()
    expect(nurse.locator("main")).to_contain_text("upheld: somebody else takes their place")
    expect(nurse.locator("main")).to_contain_text("Dora Lindt")
    open_only_case(director)
    expect(director.get_by_role("link", name="Take the first look")).to_be_visible()
    assert looks_wrong(director, axe) == []
