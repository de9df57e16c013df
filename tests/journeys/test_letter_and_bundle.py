"""A letter is changed, sent and read; its reader takes the case away as a file; compliance looks at groups."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from governance.kernel import clock
from tests.factories.cases import case_at
from tests.factories.trends import Said, make_posts
from tests.fixtures.looking import looks_wrong
from tests.fixtures.organisation import add_person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
FILLED = re.compile(r"Nothing has been decided.*Dora Lindt decides", re.DOTALL)
OWN_WORDS = "I know that this came after a long week. Take the time that you need."


@pytest.fixture
def reference(session, organisation):
    """A case whose author is invited to answer; committed."""
    made = case_at(session, organisation, "reply").reference
    session.commit()
    return made


def test_a_letter_is_changed_sent_and_read(reference, organisation, browse, axe):
    manager, nurse = browse(organisation.manager), browse(organisation.nurse)
    manager.goto(f"/cases/{reference}")
    manager.get_by_role("link", name="Invitation to reply").click()
    body = manager.get_by_label("Letter")
    expect(body).to_have_value(FILLED)
    assert looks_wrong(manager, axe) == []
    body.fill(f"{body.input_value()}\n{OWN_WORDS}\n[[a gap]]")
    manager.get_by_role("button", name="Send this letter to Nia Rowan").click()
    expect(manager.get_by_role("alert")).to_contain_text("[[a gap]]")
    body = manager.get_by_label("Letter")
    body.fill(body.input_value().replace("[[a gap]]", ""))
    manager.get_by_role("button", name="Send this letter to Nia Rowan").click()
    expect(manager.locator("body")).to_contain_text("The letter is sent. Nia Rowan can read it in Probity.")

    nurse.goto("/")
    nurse.get_by_role("link", name="Read your letter").click()
    expect(nurse.locator("article")).to_contain_text(OWN_WORDS)
    expect(nurse.locator("article")).to_contain_text("representative of your trade union")
    assert looks_wrong(nurse, axe) == []
    manager.reload()
    expect(manager.locator("#letters").locator("..")).to_contain_text("Opened")


@pytest.mark.parametrize("file_format", ["pdf", "zip"])
def test_the_author_takes_the_case_away(reference, organisation, browse, axe, file_format):
    nurse = browse(organisation.nurse)
    nurse.goto(f"/cases/{reference}")
    nurse.get_by_role("link", name="Take a bundle of this case").click()
    assert looks_wrong(nurse, axe) == []
    nurse.get_by_label("For a subject access request").check()
    nurse.get_by_label("One PDF" if file_format == "pdf" else "A ZIP file").check()
    nurse.get_by_label("Why is it needed?").fill("For my own papers")
    with nurse.expect_download() as waiting:
        nurse.get_by_role("button", name="Download the bundle").click()
    content = waiting.value.path().read_bytes()
    assert waiting.value.suggested_filename == f"{reference}-subject-access.{file_format}"
    if file_format == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            content = archive.read(f"{reference}.pdf")
    words = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)
    assert "Saw the baker from Mill Lane" in words
    assert "Mark Osei" not in words
    nurse.reload()
    expect(nurse.locator("main")).to_contain_text("For my own papers")


def test_compliance_looks_at_groups(session, organisation, browse, axe):
    today, said = clock.local_date(clock.now()), []
    for number in range(40):
        profession = "nurse" if number < 20 else "doctor"
        person = add_person(session, f"Author {number}", department=organisation.ward, profession=profession)
        said.append(Said(person, today, "medium" if number % 20 < (15 if number < 20 else 5) else "none"))
    make_posts(session, said)
    session.commit()
    compliance = browse(organisation.compliance)
    compliance.goto("/")
    compliance.get_by_role("link", name="Fairness", exact=True).click()
    expect(compliance.locator("#flagged .js-plotly-plot")).to_be_visible()
    expect(compliance.locator("#flagged figcaption")).to_contain_text("3.0 times as often as all others")
    assert looks_wrong(compliance, axe) == []
    compliance.get_by_role("link", name="Ethnicity").click()
    expect(compliance.locator("main")).to_contain_text("has not been supplied, so there is no figure")
    assert looks_wrong(compliance, axe) == []
