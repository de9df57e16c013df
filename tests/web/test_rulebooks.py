"""The pages of the organisation's own rules: write, check, publish by two people, roll back; what a page never shows."""

from dataclasses import replace

import pytest

from governance.guidance.loader import shipped_rulebook
from governance.kernel import clock
from governance.rulebooks.in_use import rulebook_in_use
from governance.rulebooks.queries import last_step, version_numbered
from tests.factories import cases
from tests.factories.cases import make_post, open_for
from tests.factories.posts import Visits
from tests.factories.rulebooks import BROKEN, FRIENDS, RULE, SHADOW_RULE, propose, publish, write
from tests.fixtures.organisation import add_person

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SHIPPED = "boundaries.friend_request"


@pytest.fixture
def visits(session, visitor):
    return lambda person: Visits(session, visitor(person))


@pytest.fixture
def compliance(organisation, visits):
    return visits(organisation.compliance)


def test_from_draft_to_every_page_and_back(session, organisation, compliance, visits):
    """Written by one, agreed by another; the running application answers by it at once, and by the old one again."""
    assert "None has been written yet" in compliance.get("/guidance/rules/").text
    sent = {"toml": RULE, "reason": "We saw it twice.", "seen": last_step(session)}
    made = compliance.post("/guidance/rules/new", sent)
    assert (made.status_code, made.location) == (303, "/guidance/rules/1")
    nurse = visits(organisation.nurse)
    check = lambda: nurse.post("/check", {"text": FRIENDS}).text  # noqa: E731
    ours = "Here we keep work and friends apart."
    compliance.post("/guidance/rules/1/propose", {"reason": "It works.", "seen": last_step(session)})
    assert ours not in check()
    lead = visits(organisation.clinical_lead)
    assert "Agree, and publish version 1 now" in lead.get("/guidance/rules/1").text
    assert "Agree, and publish" not in compliance.get("/guidance/rules/1").text
    lead.post("/guidance/rules/1/agree", {"reason": "Yes.", "seen": last_step(session)})
    assert ours in check()
    assert "A rule of your own organisation." in nurse.get("/guidance/concerns/boundaries").text
    assert "+org1-" in nurse.get("/guidance/").text
    publish(session, organisation, "")
    assert ours not in check()


@SQLITE
def test_a_check_tells_the_problems_and_stores_nothing(session, organisation, compliance):
    reply = compliance.post("/guidance/rules/check", {"toml": BROKEN, "reason": "kept"})
    assert "your rules: org.friends: no detector knows the fact &#39;no_such_fact&#39;" in reply.text
    assert "kept" in reply.text
    assert last_step(session) == 0


@SQLITE
def test_a_check_shows_the_corpus_and_never_a_colleagues_words(session, organisation, compliance):
    secret = "Accepted my patients on here, Zebulon Quartermaine too"
    for n in range(6):
        make_post(session, add_person(session, f"Una {n}", department=organisation.ward), secret)
    page = compliance.post("/guidance/rules/check", {"toml": RULE}).text
    assert "Zebulon" not in page
    assert "Newly flagged:" in page
    assert "It speaks: about 5. Newly: about 5. No longer: hidden or none." in " ".join(page.split())
    assert "Right when it speaks:" in page


@SQLITE
def test_a_version_is_tried_on_a_page_of_its_own(session, organisation, visits):
    write(session, organisation, SHADOW_RULE)
    page = visits(organisation.hr).get("/guidance/rules/1/measure").text
    assert "In shadow: measured as if it spoke" in page
    assert "org.friends" in page


@SQLITE
def test_two_at_once_one_is_told_and_keeps_what_was_typed(session, organisation, visits, compliance):
    version = propose(session, organisation, write(session, organisation))
    seen = last_step(session)
    sent = {"reason": "My very own reason.", "seen": seen}
    assert visits(organisation.hr).post("/guidance/rules/1/agree", sent).status_code == 303
    second = visits(organisation.clinical_lead).post("/guidance/rules/1/agree", sent)
    assert second.status_code == 409
    assert "Hana Reyes made version 1 published" in second.text
    assert "My very own reason." in second.text
    session.expire_all()
    assert [step.status for step in version.steps].count("published") == 1


@SQLITE
@pytest.mark.parametrize(
    ("act", "status"), [("shadow", "draft"), ("propose", "draft"), ("agree", "proposed")]
)
def test_without_a_reason_nothing_happens(session, organisation, visits, act, status):
    version = write(session, organisation)
    if status == "proposed":
        propose(session, organisation, version)
    who = organisation.hr if act == "agree" else organisation.compliance
    reply = visits(who).post(f"/guidance/rules/1/{act}", {"reason": " ", "seen": last_step(session)})
    assert reply.status_code == 422
    assert "Enter your reason." in reply.text
    session.expire_all()
    assert version_numbered(session, 1).status == status


@SQLITE
def test_a_broken_draft_says_so_and_is_not_published(session, organisation, compliance):
    write(session, organisation, BROKEN)
    page = compliance.get("/guidance/rules/1").text
    assert "no detector knows the fact" in page
    assert "Ask a second person" not in page
    reply = compliance.post("/guidance/rules/1/propose", {"reason": "x", "seen": last_step(session)})
    assert (reply.status_code, "the rules in use stay" in reply.text) == (422, True)


@SQLITE
def test_rolling_back_and_beginning_from_an_older_one(session, organisation, compliance):
    publish(session, organisation)
    publish(session, organisation, "# nothing of our own")
    assert "Ask a second person to publish it again" in compliance.get("/guidance/rules/1").text
    assert "org.friends" in compliance.get("/guidance/rules/new?from=1").text
    assert "# nothing of our own" in compliance.get("/guidance/rules/new").text
    assert compliance.get("/guidance/rules/new?from=9").status_code == 404
    assert compliance.get("/guidance/rules/9").status_code == 404


@SQLITE
def test_what_is_sent_back_says_so(session, organisation, visits):
    propose(session, organisation, write(session, organisation))
    sent = {"reason": "Too wide.", "seen": last_step(session)}
    assert visits(organisation.hr).post("/guidance/rules/1/decline", sent).status_code == 303
    assert "Too wide." in visits(organisation.hr).get("/guidance/rules/1").text


def decided_findings(session, organisation, rule, count, people):
    authors = [
        add_person(session, f"Ada {n}", department=organisation.ward, line_manager=organisation.manager)
        for n in range(people)
    ]
    for n in range(count):
        case = open_for(session, authors[n % people], rule=rule)
        case.stage, case.closure, case.closed_at = "closed", "no_concern", clock.now()
    session.flush()


@SQLITE
def test_a_rule_nobody_upholds_is_proposed_and_a_button_writes_the_draft(
    session, organisation, compliance, monkeypatch
):
    said = cases.make_scoring

    def with_rule(rule, **more):
        scoring = said(**more)
        return replace(scoring, findings=tuple(replace(one, rule=rule) for one in scoring.findings))

    monkeypatch.setattr(cases, "make_scoring", with_rule)
    assert "Decide cases as they come" in compliance.get("/guidance/rules/agreement").text
    decided_findings(session, organisation, SHIPPED, 10, 5)
    decided_findings(session, organisation, "boundaries.followed_back", 10, 4)
    page = " ".join(compliance.get("/guidance/rules/agreement").text.split())
    assert page.count("Write a draft that puts it in shadow") == 1
    assert "0% (0 of 10; between 0% and 28%)" in page
    assert "Hidden: fewer than 5 people" in page
    sent = {"rule": SHIPPED, "reason": "", "seen": last_step(session)}
    refused = compliance.post("/guidance/rules/agreement", sent)
    assert (refused.status_code, "Enter your reason." in refused.text) == (422, True)
    made = compliance.post("/guidance/rules/agreement", {**sent, "reason": "Nobody upholds it."})
    assert made.location == "/guidance/rules/1"
    assert version_numbered(session, 1).status == "draft"
    assert rulebook_in_use(session) is shipped_rulebook()


@pytest.mark.browser
@SQLITE
@pytest.mark.parametrize("width", [1280, 375])
def test_pages_stand_up_in_a_browser(session, organisation, browse, axe, width):
    publish(session, organisation)
    write(session, organisation, BROKEN)
    session.commit()
    page = browse(organisation.compliance, width=width)
    for place in ("", "1", "2", "1/measure", "agreement", "new"):
        page.goto(f"/guidance/rules/{place}")
        assert axe(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
    page.get_by_label("The rules").fill(SHADOW_RULE)
    page.get_by_role("button", name="Check it").click()
    assert "What it would do" in page.inner_text("main")
    assert axe(page) == []
    page.get_by_label("Why?").fill("To see it at work.")
    page.get_by_role("button", name="Keep it as a draft").click()
    assert "Version 3 is kept as a draft" in page.inner_text("body")
