"""Your record: everything about oneself, nothing about others, and nothing before it may be told."""

import json

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.entrance.models import ApiToken
from governance.kernel import clock
from governance.workflow.add_evidence import add_evidence
from governance.workflow.record_concern import record_concern
from tests.factories.accounts import make_account
from tests.factories.cases import WORDS, case_at, open_for, to_review, write_opinion
from tests.factories.reports import report


@pytest.fixture
def held(session, organisation):
    """The nurse with an account, a case that waits for their answer, and a token."""
    account = make_account(session, organisation.nurse, handle="ward_seven")
    add_evidence(session, organisation.nurse, account, note="My settings page")
    case = case_at(session, organisation, "reply")
    session.add(
        ApiToken(
            digest="0" * 64,
            name="My script",
            scopes="posts:read",
            person=organisation.nurse,
            created_at=clock.now(),
        )
    )
    session.flush()
    reference = case.reference
    session.commit()
    return reference


def test_it_shows_person_account_post_case_log_and_token(visitor, organisation, held):
    visit = visitor(organisation.nurse)
    page = visit.get("/record/")
    assert page.status_code == 200
    for words in (
        "Nia Rowan",
        "Mark Osei",
        "ward_seven on X (Twitter)",
        WORDS[:40],
        held,
        "Waiting for the author&#39;s answer",
        "It is your turn",
        "You have read notice 1",
        "My script",
    ):
        assert words in page.text, words


def test_who_opened_a_case_about_one_is_shown_by_role_since_opinions_are_unsigned(
    visitor, organisation, held
):
    for who in ("hr", "clinical_lead"):
        assert visitor(getattr(organisation, who)).get(f"/cases/{held}").status_code == 200
    visit = visitor(organisation.nurse)
    page = visit.get("/record/").text
    assert "Opened a case about you: HR" in page
    assert "Opened a case about you: a clinical lead" in page
    download = visit.get("/record/download.json").text
    looked = [one["who"] for one in json.loads(download)["log"] if one["what"] == "Opened a case about you"]
    assert looked == ["a clinical lead", "HR"]
    for name in (organisation.hr.name, organisation.clinical_lead.name):
        assert name not in page
        assert name not in download


def test_the_download_holds_all_of_it_and_is_recorded(visitor, organisation, held, session):
    reply = visitor(organisation.nurse).get("/record/download.json")
    assert "attachment" in reply.headers["Content-Disposition"]
    got = json.loads(reply.data)
    assert got["person"]["name"] == "Nia Rowan"
    assert [one["number"] for one in got["notices_read"]] == [1]
    assert got["accounts"][0]["evidence"][0]["note"] == "My settings page"
    (version,) = got["posts"][0]["versions"]
    assert version["text"] == WORDS
    (assessment,) = version["assessments"]
    assert assessment["severity"] == "high"
    assert assessment["findings"][0]["rule"] == "test.rule"
    (case,) = got["cases"]
    assert (case["reference"], case["stage"]) == (held, "reply")
    assert {one["kind"] for one in case["opinions"]} == {"clinical", "hr"}
    assert "Opinion written" in {one["what"] for one in case["what_happened"]}
    assert "Read the notice" in {one["what"] for one in got["log"]}
    assert [one["name"] for one in got["api_tokens"]] == ["My script"]
    assert "0" * 64 not in reply.text
    taken = session.scalars(select(AuditEntry).where(AuditEntry.event == "person.record_downloaded")).one()
    assert (taken.actor_id, taken.thing_id) == (organisation.nurse.id, organisation.nurse.id)


def test_opinions_stay_out_until_all_are_written(visitor, organisation, session):
    case = open_for(session, organisation.nurse)
    to_review(session, case, organisation.director)
    write_opinion(session, case, organisation.clinical_lead, "clinical")
    session.commit()
    visit = visitor(organisation.nurse)
    for address in ("/record/", "/record/download.json"):
        text = visit.get(address).text
        assert "What clinical finds." not in text
        assert "Clem Hart" not in text


def test_a_reporter_is_not_named(visitor, organisation, session):
    open_for(session, organisation.nurse, reporter=organisation.colleague)
    session.commit()
    visit = visitor(organisation.nurse)
    for address in ("/record/", "/record/download.json"):
        text = visit.get(address).text
        assert "A case about a post of yours was opened" in text
        assert "Col Abara" not in text


def test_nobody_finds_anything_of_another(visitor, organisation, held):
    for role in ("colleague", "manager", "dpo", "admin"):
        visit = visitor(getattr(organisation, role))
        for address in ("/record/", "/record/download.json"):
            text = visit.get(address).text
            assert "ward_seven" not in text, role
            assert WORDS not in text, role
            assert held not in text, role


def test_an_empty_record_says_so(visitor, organisation):
    page = visitor(organisation.colleague).get("/record/").text
    assert "No account is registered as yours" in page
    assert "There is none." in page
    assert "there has been none" in page
    assert "You have not read the notice" in page


def test_what_is_stored_is_never_markup(visitor, organisation, session):
    organisation.nurse.role_title = "<script>alert(1)</script>"
    make_account(session, organisation.nurse, purpose="<img src=x onerror=alert(1)>")
    session.commit()
    assert "<script>alert(1)" not in visitor(organisation.nurse).get("/record/").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_one_reported_and_raised_is_in_the_download_and_a_reporters_name_is_not(
    session, visitor, organisation
):
    made = report(session, organisation.colleague, organisation.nurse)
    concern = record_concern(
        session, organisation.guardian, raised_by=organisation.nurse, raised_at=clock.now(), about="Beds."
    )
    reference, kept = made.reference, concern.reference
    session.commit()
    own = json.loads(visitor(organisation.nurse).get("/record/download.json").text)
    assert [one["reference"] for one in own["concerns_you_raised"]] == [kept]
    assert "Col Abara" not in json.dumps(own)
    assert made.worry not in json.dumps(own)
    theirs = json.loads(visitor(organisation.colleague).get("/record/download.json").text)
    assert [one["reference"] for one in theirs["reports_you_made"]] == [reference]
    assert theirs["concerns_you_raised"] == []
