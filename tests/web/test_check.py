"""The check page: private, at once, with the words marked and every reason shown."""

import logging

import pytest
from sqlalchemy import func, select

from governance.audit.models import AuditEntry
from governance.kernel.database import Base
from governance.web.explanation import explain
from tests.factories.posts import GOOD, Visits, make_account, scored, submit, words
from tests.fixtures.organisation import add_person

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SCRIPT = "<script>alert(1)</script>"
NUMBERED = "Her NHS number is 999 000 0018, please ring her back."


@pytest.fixture
def visits(session, visitor):
    return lambda person: Visits(session, visitor(person))


def rows(session):
    return {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.tables.values()
    }


def check(visit, text, **more):
    return visit.post("/check", {"text": text, **more})


def test_nothing_is_stored_audited_or_logged(session, organisation, visits, caplog):
    visit = visits(organisation.nurse)
    before = rows(session)
    session.commit()
    with caplog.at_level(logging.DEBUG):
        for text in (NUMBERED, GOOD, words("high"), words("none", guard="protected_disclosure")):
            assert (
                check(visit, text, platform="x", audience="public", in_reply_to="Secret reply").status_code
                == 200
            )
    assert rows(session) == before
    assert "999 000 0018" not in caplog.text
    assert "Secret reply" not in caplog.text


@SQLITE
def test_a_flagged_draft_shows_words_reason_source_and_what_would_change_it(organisation, visits):
    page = check(visits(organisation.nurse), NUMBERED).text
    said = scored(NUMBERED)
    finding = said.findings[0]
    assert finding.severity == "critical"
    assert f"<mark>{finding.quote}" in page
    for part in (finding.message, finding.change, finding.cites[0].title, "Critical", "before you post"):
        assert part.replace("'", "&#39;") in page
    assert "This check is private. Nothing was stored." in page
    assert 'aria-label="Reason 1"' in page


@SQLITE
def test_with_nothing_flagged_it_says_so_and_what_good_the_post_does(organisation, visits):
    text = next(
        str(example.given["text"])
        for rule in __import__("governance.guidance.loader", fromlist=["x"]).shipped_rulebook().rules.values()
        if rule.sort == "benefit"
        for example in rule.fires
        if scored(str(example.given["text"])).severity == "none"
        and scored(str(example.given["text"])).benefits
    )
    page = check(visits(organisation.nurse), text).text
    assert "Nothing was flagged" in page
    assert "The good it does" in page


@SQLITE
def test_use_this_replaces_the_words_and_checks_again_and_they_can_be_put_back(organisation, visits):
    visit = visits(organisation.nurse)
    rule = next(one for one in scored(NUMBERED).findings if one.replacement)
    page = check(visit, NUMBERED, use=rule.rule).text
    changed = NUMBERED.replace(rule.quote, rule.replacement)
    assert changed in page
    assert "The safer wording is in your text" in page
    assert rule.quote in page  # in the hidden field, so that it can be put back
    back = visit.post("/check", {"text": changed, "before": NUMBERED, "put_back": "1"}).text
    assert f"<mark>{rule.quote}" in back


@SQLITE
def test_use_this_on_words_that_are_gone_changes_nothing(organisation, visits):
    page = check(visits(organisation.nurse), GOOD, use="confidentiality.direct_identifier").text
    assert "nothing was replaced" in page


@SQLITE
def test_a_guard_is_told_to_its_author_with_the_offer_of_the_guardian(organisation, visits):
    page = check(visits(organisation.nurse), words("none", guard="protected_disclosure")).text
    assert "Freedom to Speak Up guardian" in page
    assert "It is not stored" in page


@SQLITE
def test_the_authors_own_recent_posts_are_read_for_the_jigsaw(session, organisation, visits):
    submit(session, organisation.nurse, "The patient was 84 years old.")
    page = check(visits(organisation.nurse), "The man in bed 4 had a bad night.").text
    assert "1 earlier post of the author" in page
    other = check(visits(organisation.colleague), "The man in bed 4 had a bad night.").text
    assert "earlier post" not in other


@SQLITE
@pytest.mark.parametrize("nothing", ["", "  ", "\n"])
def test_empty_words_are_none(organisation, visits, nothing):
    page = check(visits(organisation.nurse), nothing)
    assert (page.status_code, "There are no words to look at yet" in page.text) == (200, True)


@SQLITE
@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"text": "a" * 20_001}, "20,000 characters or fewer. It has 20,001."),
        ({"text": "Hello", "in_reply_to": "b" * 20_001}, "What it answers must be 20,000"),
        ({"text": "Hello", "platform": "myspace"}, "Not a valid choice"),
        ({"text": "Hello", "audience": "everybody"}, "Not a valid choice"),
    ],
)
def test_bad_input_is_told_by_name_and_what_was_typed_is_kept(organisation, visits, data, says):
    page = visits(organisation.nurse).post("/check", data)
    assert (page.status_code, says in page.text) == (422, True)
    assert data["text"] in page.text
    assert "There is a problem" in page.text


@SQLITE
def test_a_lone_surrogate_is_named(organisation, visits):
    visit = visits(organisation.nurse)
    body = f"csrf_token={visit._visitor._token}&text=half+%ED%A0%BD+emoji"
    page = visit.client.post("/check", data=body, content_type="application/x-www-form-urlencoded")
    assert (page.status_code, "lone surrogate" in page.text) == (422, True)


@SQLITE
def test_nul_is_scored_and_does_not_break_the_page(organisation, visits):
    assert check(visits(organisation.nurse), f"a\x00b {NUMBERED}").status_code == 200


@SQLITE
@pytest.mark.parametrize("field", ["text", "in_reply_to", "attachments_text", "before"])
def test_a_script_is_only_text(organisation, visits, field):
    page = visits(organisation.nurse).post("/check", {"text": NUMBERED, field: f"{SCRIPT} {NUMBERED}"})
    assert page.status_code == 200
    assert SCRIPT not in page.text


@SQLITE
def test_the_words_can_be_taken_along_and_nothing_is_sent_by_that(session, organisation, visits):
    make_account(session, organisation.nurse)
    visit = visits(organisation.nurse)
    before = session.scalar(select(func.count(AuditEntry.id)))
    session.commit()
    for place, button in (("/posts/draft", "Send this draft"), ("/posts/record", "Record this post")):
        page = visit.post(place, {"text": GOOD, "platform": "x", "audience": "public", "carried": "1"})
        assert page.status_code == 200
        assert GOOD.replace("'", "&#39;") in page.text
        assert button in page.text
    assert session.scalar(select(func.count(AuditEntry.id))) == before


@SQLITE
def test_the_marked_text_is_the_text(organisation):
    from governance.guidance.loader import shipped_rulebook

    for severity in ("low", "medium", "high", "critical"):
        text = words(severity)
        shown = explain(text, scored(text), shipped_rulebook())
        assert "".join(piece.text for piece in shown.pieces) == text
        assert {card.number for card in shown.cards} >= {n for piece in shown.pieces for n in piece.numbers}


@pytest.mark.browser
@SQLITE
@pytest.mark.parametrize("width", [1280, 375])
def test_the_page_in_a_browser_with_keyboard_marks_and_axe(session, organisation, browse, axe, width):
    page = browse(organisation.nurse, width=width)
    page.goto("/check")
    assert axe(page) == []
    page.fill("#text", f"{NUMBERED}\n{words('high')}")
    with page.expect_navigation():  # `press` returns before the answer has come
        page.get_by_role("button", name="Check my words").press("Enter")
    page.locator("mark").first.wait_for()
    assert axe(page) == []
    page.locator("mark a").first.press("Enter")
    assert page.evaluate("location.hash") == "#finding-1"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("button[name=use]").first.click()
    assert "The safer wording is in your text" in page.inner_text("#answer")


@SQLITE
def test_a_stranger_cannot_check(client):
    assert "/sign-in" in client.get("/check").location


@SQLITE
def test_every_role_can_check(session, visits):
    from governance.people.roles import RoleName

    for role in RoleName:
        person = add_person(session, f"Ro {role.value}", *({role} - {RoleName.STAFF}))
        assert visits(person).get("/check").status_code == 200
