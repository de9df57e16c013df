"""The pages of letters."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from governance.letters.models import Letter
from tests.factories.cases import case_at, open_for


@pytest.fixture
def made(session, organisation):
    """`made(stage)`: a committed case at that stage."""

    def make(stage):
        case = case_at(session, organisation, stage)
        session.commit()
        return case

    return make


def typed(page: str) -> dict[str, str]:
    """What the form of a letter holds as it comes."""
    heading = re.search(r'name="heading"[^>]*value="([^"]*)"', page)
    body = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert heading
    assert body
    assert version
    return {"heading": unescape(heading[1]), "body": unescape(body[1]), "version": version[1]}


def test_a_letter_is_changed_sent_and_read(session, organisation, visitor, made):
    case = made("reply")
    reference = case.reference
    manager, nurse = visitor(organisation.manager), visitor(organisation.nurse)
    assert f"/cases/{reference}/letters" in manager.get(f"/cases/{reference}").text
    place = f"/cases/{reference}/letters/reply_invitation"
    assert place in manager.get(f"/cases/{reference}/letters").text
    filled = typed(manager.get(place).text)
    filled["body"] = filled["body"].replace("Yours sincerely", "With kind regards")
    assert manager.post(place, filled).status_code == 303
    session.rollback()
    letter_id, body = session.execute(select(Letter.id, Letter.body)).one()
    session.rollback()  # a session that has read holds SQLite's one write lock
    assert "With kind regards" in body
    assert "Read your letter" in nurse.get("/").text
    assert f"/letters/{letter_id}" in nurse.get(f"/cases/{reference}").text
    assert "New" in nurse.get("/letters/").text
    assert "With kind regards" in nurse.get(f"/letters/{letter_id}").text
    assert "Read your letter" not in nurse.get("/").text
    assert "Nia Rowan opened it" in manager.get(f"/letters/{letter_id}").text


def test_a_gap_is_shown_and_the_words_are_kept(organisation, visitor, made):
    reference = made("triage").reference
    manager = visitor(organisation.manager)
    place = f"/cases/{reference}/letters/edit_request"
    filled = typed(manager.get(place).text)
    sent = manager.post(place, filled | {"body": "My own words, by [[day and time]]."})
    assert sent.status_code == 422
    page = unescape(sent.text)
    assert "Fill in or remove what stands in double brackets: [[day and time]]" in page
    assert "My own words, by" in page


def test_a_conflict_keeps_the_letter(organisation, visitor, made):
    reference = made("reply").reference
    manager, director = visitor(organisation.manager), visitor(organisation.director)
    place = f"/cases/{reference}/letters/reply_invitation"
    filled = typed(manager.get(place).text)
    assert director.post(place, filled).status_code == 303
    late = manager.post(place, filled | {"body": "What must not be lost"})
    assert late.status_code == 409
    assert "What must not be lost" in late.text
    assert "Letter sent" in late.text


def test_a_letter_that_does_not_fit_now_says_why(organisation, visitor, made):
    reference = made("triage").reference
    manager = visitor(organisation.manager)
    answer = manager.get(f"/cases/{reference}/letters/outcome")
    assert answer.status_code == 403
    assert "There is no decision to tell of yet" in answer.text
    assert manager.get(f"/cases/{reference}/letters/valentine").status_code == 404


@pytest.mark.parametrize("who", ["nurse", "colleague", "hr", "compliance"])
def test_others_write_no_letters(organisation, visitor, made, who):
    reference = made("reply").reference
    page = visitor(getattr(organisation, who))
    assert page.get(f"/cases/{reference}/letters").status_code in (403, 404)
    assert page.get(f"/cases/{reference}/letters/reply_invitation").status_code in (403, 404)


def test_whoever_reported_reads_their_letter_and_no_case(session, organisation, visitor):
    case = open_for(session, organisation.nurse, reporter=organisation.colleague)
    case.holder, reference = organisation.hr, case.reference  # who reported is named to HR alone
    session.commit()
    place = f"/cases/{reference}/letters/reporter_acknowledgement"
    hr, colleague = visitor(organisation.hr), visitor(organisation.colleague)
    assert hr.post(place, typed(hr.get(place).text)).status_code == 303
    session.rollback()
    letter_id = session.scalars(select(Letter.id)).one()
    session.rollback()
    page = colleague.get(f"/letters/{letter_id}").text
    assert "Thank you for telling us" in page
    assert f"/cases/{reference}" not in page
    assert "Nia Rowan" not in page
    nurse = visitor(organisation.nurse)
    assert nurse.get(f"/letters/{letter_id}").status_code == 404
    assert "Letter sent" not in nurse.get(f"/cases/{reference}").text
