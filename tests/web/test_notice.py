"""The notice's page: read, ticked, and on to what asked for it."""

import pytest

from governance.people.queries import has_acknowledged_current


def test_it_is_shown_with_its_headings(visitor, organisation):
    page = visitor(organisation.nurse).get("/notice/")
    assert page.status_code == 200
    assert "<h1" in page.text
    assert "What is never done</h2>" in page.text
    assert "Nothing is collected in secret." in page.text


def test_without_the_tick_nothing_is_noted(visitor, organisation, session):
    page = visitor(organisation.nurse).post("/notice/", {"number": "1"})
    assert page.status_code == 422
    assert "Tick the box" in page.text
    assert not has_acknowledged_current(session, organisation.nurse.id)


@pytest.mark.parametrize(
    ("then", "leads"), [("register", "/accounts/register"), ("//evil.example", "/notice/")]
)
def test_it_is_noted_and_leads_on_within_the_house(visitor, organisation, session, then, leads):
    visit = visitor(organisation.nurse)
    reply = visit.post(f"/notice/?then={then}", {"number": "1", "read": "y"})
    assert (reply.status_code, reply.location) == (303, leads)
    assert has_acknowledged_current(session, organisation.nurse.id)
    assert "You said on" in visit.get("/notice/").text


def test_an_older_notice_is_not_what_stands(visitor, organisation, session):
    reply = visitor(organisation.nurse).post("/notice/", {"number": "7", "read": "y"})
    assert reply.status_code == 409
    assert "newer notice" in reply.text
    assert not has_acknowledged_current(session, organisation.nurse.id)
