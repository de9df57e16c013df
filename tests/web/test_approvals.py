"""Drafts to approve."""

import pytest

from governance.guidance.loader import shipped_rulebook
from governance.kernel import clock
from governance.posts.models import Post
from governance.workflow.approve_draft import approve_draft
from governance.workflow.publish_draft import publish_draft
from tests.factories.posts import GOOD, Visits, make_draft, words

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def visits(session, visitor):
    return lambda person: Visits(session, visitor(person))


@pytest.fixture
def draft(session, organisation):
    made = make_draft(session, organisation.nurse, words("medium"))
    session.commit()
    return made


def test_the_manager_sees_what_waits_and_what_was_found(organisation, draft, visits):
    visit = visits(organisation.manager)
    listed = visit.get("/approvals").text
    assert "Nia Rowan" in listed
    assert "Medium" in listed
    page = visit.get(f"/approvals/{draft.id}").text
    assert "asked before posting" in page
    assert 'id="finding-1"' in page
    assert "Approve and tell Nia Rowan" in page


def test_approve(session, organisation, draft, visits):
    visit = visits(organisation.manager)
    data = {"version": draft.version, "comment": ""}
    assert visit.post(f"/approvals/{draft.id}/approve", data).status_code == 303
    session.expire_all()
    assert session.get(Post, draft.id).draft_state == "approved"
    assert "No draft waits for you" in visit.get("/approvals").text
    assert "Approved" in visit.get("/approvals?view=answered").text
    assert "does not wait for your answer" in visit.get(f"/approvals/{draft.id}").text
    again = visit.post(f"/approvals/{draft.id}/approve", data)
    assert again.status_code == 409


def test_ask_for_changes_needs_a_comment(session, organisation, draft, visits):
    visit = visits(organisation.manager)
    reply = visit.post(f"/approvals/{draft.id}/changes", {"version": draft.version, "comment": " "})
    assert (reply.status_code, "Enter what should change, and why." in reply.text) == (422, True)
    reply = visit.post(
        f"/approvals/{draft.id}/changes", {"version": draft.version, "comment": "Leave the bed out."}
    )
    assert reply.status_code == 303
    session.expire_all()
    assert session.get(Post, draft.id).approvals[0].comment == "Leave the bed out."


@pytest.mark.parametrize("verb", ["approve", "changes"])
def test_a_comment_that_cannot_be_kept_is_told_and_kept_on_the_page(organisation, draft, visits, verb):
    visit = visits(organisation.manager)
    for comment, says in (("Thanks\x00!", "NUL"), ("b" * 4_001, "4,000")):
        reply = visit.post(f"/approvals/{draft.id}/{verb}", {"version": draft.version, "comment": comment})
        assert (reply.status_code, says in reply.text) == (422, True)
    assert "b" * 4_001 in reply.text


def test_an_answer_to_older_words_is_409_and_keeps_the_comment(session, organisation, draft, visits):
    visit = visits(organisation.manager)
    reply = visit.post(
        f"/approvals/{draft.id}/changes", {"version": draft.version - 1, "comment": "A long thought."}
    )
    assert (reply.status_code, "A long thought." in reply.text) == (409, True)
    assert visit.post(f"/approvals/{draft.id}/approve", {}).status_code == 409


@pytest.mark.parametrize("who", ["director", "clinical_lead"])
def test_a_reviewer_who_was_not_asked_does_not_know_of_it(organisation, draft, visits, who):
    visit = visits(getattr(organisation, who))
    assert visit.get(f"/approvals/{draft.id}").status_code == 404
    assert visit.post(f"/approvals/{draft.id}/approve", {"version": draft.version}).status_code == 404
    assert "Nia Rowan" not in visit.get("/approvals").text


def test_a_manager_does_not_open_their_own_draft_as_reviewer(session, organisation, visits):
    own = make_draft(session, organisation.manager, GOOD)
    session.commit()
    assert visits(organisation.manager).get(f"/approvals/{own.id}").status_code == 404


def test_who_answered_sees_it_still_after_it_was_posted(session, organisation, draft, visits):
    approve_draft(session, organisation.manager, post=draft, version=draft.version)
    session.commit()
    assert visits(organisation.manager).get(f"/approvals/{draft.id}").status_code == 200


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 375])
def test_pages_stand_up_in_a_browser(session, organisation, draft, browse, axe, width):
    places = ("/approvals", "/approvals?view=answered", f"/approvals/{draft.id}")
    page = browse(organisation.manager, width=width)
    for place in places:
        page.goto(place)
        assert axe(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
    page.get_by_role("button", name="Ask Nia Rowan for changes").click()
    assert "There is a problem" in page.inner_text("main")
    assert axe(page) == []


def test_whoever_answered_a_draft_reads_no_words_that_came_later(session, organisation, draft, visits):
    approve_draft(session, organisation.manager, post=draft, version=draft.version)
    publish_draft(
        session,
        organisation.nurse,
        post=draft,
        version=draft.version,
        text="Quite other words, which nobody was asked about.",
        posted_at=clock.now(),
        rulebook=shipped_rulebook(),
        native_id="1",
    )
    visit = visits(organisation.manager)
    pages = visit.get(f"/approvals/{draft.id}").text + visit.get("/approvals?view=answered").text
    assert "Quite other words" not in pages
    assert "Nia Rowan" in pages
    assert "Quite other words" in visits(organisation.nurse).get(f"/posts/{draft.id}").text
