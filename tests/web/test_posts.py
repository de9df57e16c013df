"""A person's own posts and drafts."""

import pytest
from sqlalchemy import func, select

from governance.audit.models import AuditEntry
from governance.posts.models import Post
from governance.workflow.approve_draft import approve_draft
from governance.workflow.ask_changes import ask_changes
from governance.workflow.triage import triage
from tests.factories.posts import GOOD, Visits, make_account, make_draft, submit, words

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SCRIPT = "<script>alert(1)</script>"
WHEN = {"posted_on": "2026-01-05", "posted_at": "14:05"}


@pytest.fixture
def visits(session, visitor):
    return lambda person: Visits(session, visitor(person))


def count(session):
    session.rollback()
    return session.scalar(select(func.count(Post.id)))


@pytest.fixture
def account(session, organisation):
    return make_account(session, organisation.nurse)


def test_record_a_post_and_see_what_was_found(session, organisation, account, visits):
    visit = visits(organisation.nurse)
    form = {"account_id": account.id, "text": f"{GOOD}\r\nSecond line {SCRIPT}", **WHEN, "audience": "public"}
    reply = visit.post("/posts/record", form)
    assert reply.status_code == 303
    page = visit.get(reply.location)
    assert "Your post is recorded." in page.text
    assert SCRIPT not in page.text
    session.rollback()
    post = session.scalars(select(Post)).one()
    assert post.latest.text == f"{GOOD}\nSecond line {SCRIPT}"
    assert post.posted_at.isoformat() == "2026-01-05T14:05:00+00:00"


def test_the_same_post_again_is_recognised_and_said(session, organisation, account, visits):
    visit = visits(organisation.nurse)
    form = {"account_id": account.id, "text": GOOD, **WHEN, "url": f"{account.url}/status/1"}
    session.commit()
    first = visit.post("/posts/record", form).location
    again = visit.post("/posts/record", form).location
    assert again == first
    assert "Nothing was added" in visit.get(again).text
    edited = visit.post("/posts/record", {**form, "text": words("low")}).location
    assert edited == first
    assert "new version" in visit.get(edited).text
    assert count(session) == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": ""}, "Enter the words of the post."),
        ({"text": "a" * 20_001}, "20,001"),
        ({"text": "a\x00b"}, "NUL"),
        ({"url": "javascript:alert(1)"}, "must start with https://"),
        ({"url": "https://evil.example/1"}, "evil.example"),
        ({"posted_on": "2999-01-01"}, "in the future"),
        ({"posted_on": "05/01/2026"}, "Enter the day"),
        ({"posted_on": "0001-01-01"}, "Check the year"),
        ({"posted_at": "quarter past"}, "Enter the time"),
        ({"posted_at": "14:05+05:00"}, "Enter the time"),
        ({"account_id": "999999"}, "Not a valid choice"),
        ({"audience": "everybody"}, "Not a valid choice"),
        ({"native_id": "1" * 201}, "200 characters"),
    ],
)
def test_bad_input_is_told_at_its_field_and_the_rest_is_kept(
    session, organisation, account, visits, wrong, says
):
    visit = visits(organisation.nurse)
    form = {"account_id": account.id, "text": GOOD, **WHEN, "in_reply_to": "What a kind question", **wrong}
    reply = visit.post("/posts/record", form)
    assert (reply.status_code, says in reply.text) == (422, True)
    assert "There is a problem" in reply.text
    assert "What a kind question" in reply.text
    assert count(session) == 0


def test_somebody_elses_account_cannot_be_chosen(session, organisation, account, visits):
    make_account(session, organisation.colleague)
    reply = visits(organisation.colleague).post("/posts/draft", {"account_id": account.id, "text": GOOD})
    assert (reply.status_code, "Not a valid choice" in reply.text) == (422, True)
    assert count(session) == 0


def test_without_account_or_notice_the_page_says_what_to_do_and_keeps_the_words(organisation, visits):
    visit = visits(organisation.nurse)
    for place in ("/posts/draft", "/posts/record"):
        page = visit.post(place, {"text": "My careful words", "carried": "1"})
        assert "you have not registered one yet" in page.text
        assert "My careful words" in page.text


def test_a_draft_goes_to_its_approver_and_says_to_whom(session, organisation, account, visits):
    visit = visits(organisation.nurse)
    reply = visit.post("/posts/draft", {"account_id": account.id, "text": GOOD})
    page = visit.get(reply.location).text
    assert f"sent to {organisation.manager.name}" in page
    assert "never held against you" in page


def test_the_author_sees_comment_versions_and_what_comes_next(session, organisation, account, visits):
    post = make_draft(session, organisation.nurse, words("high"), account)
    ask_changes(session, post.approver, post=post, version=post.version, comment="Leave <b>her</b> out.")
    visit = visits(organisation.nurse)
    page = visit.get(f"/posts/{post.id}").text
    assert "Leave &lt;b&gt;her&lt;/b&gt; out." in page
    form = visit.get(f"/posts/{post.id}/revise")
    assert "Leave &lt;b&gt;her" in form.text
    session.refresh(post)
    sent = visit.post(f"/posts/{post.id}/revise", {"text": GOOD, "version": post.version})
    assert sent.status_code == 303
    page = visit.get(sent.location).text
    assert "Earlier words" in page
    assert "version 2" in page


def test_a_stale_page_answers_409_says_what_changed_and_keeps_the_words(
    session, organisation, account, visits
):
    post = make_draft(session, organisation.nurse, GOOD, account)
    visit = visits(organisation.nurse)
    old = post.version
    assert visit.post(f"/posts/{post.id}/revise", {"text": "First change", "version": old}).status_code == 303
    reply = visit.post(
        f"/posts/{post.id}/revise", {"text": "Second change, long thought about", "version": old}
    )
    assert reply.status_code == 409
    assert "It is at version 2" in reply.text
    assert "Second change, long thought about" in reply.text


def test_unchanged_words_are_told(session, organisation, account, visits):
    post = make_draft(session, organisation.nurse, GOOD, account)
    visit = visits(organisation.nurse)
    reply = visit.post(f"/posts/{post.id}/revise", {"text": GOOD, "version": post.version})
    assert (reply.status_code, "Nothing is changed yet" in reply.text) == (422, True)


def test_an_approved_draft_is_recorded_as_posted(session, organisation, account, visits):
    post = make_draft(session, organisation.nurse, words("medium"), account)
    approve_draft(session, post.approver, post=post, version=post.version)
    visit = visits(organisation.nurse)
    form = visit.get(f"/posts/{post.id}/publish")
    assert "Record your draft as posted" in form.text
    wrong = visit.post(
        f"/posts/{post.id}/publish", {"text": post.latest.text, "version": post.version, **WHEN, "url": "x"}
    )
    assert wrong.status_code == 422
    data = {"text": post.latest.text, "version": post.version, **WHEN, "url": f"{account.url}/status/8"}
    page = visit.get(visit.post(f"/posts/{post.id}/publish", data).location).text
    assert "Thank you for asking first" in page
    session.expire_all()
    assert session.get(Post, post.id).kind == "published"
    assert visit.get(f"/posts/{post.id}/publish").status_code == 303


def test_withdraw(session, organisation, account, visits):
    post = make_draft(session, organisation.nurse, GOOD, account)
    visit = visits(organisation.nurse)
    assert visit.post(f"/posts/{post.id}/withdraw", {"version": post.version}).status_code == 303
    assert "Withdrawn" in visit.get("/posts").text


def test_a_post_in_a_case_leads_to_the_case(session, organisation, account, visits):
    done = submit(session, organisation.nurse, words("high"), account)
    visit = visits(organisation.nurse)
    page = visit.get(f"/posts/{done.post.id}").text
    assert done.case.reference in page
    assert "you are heard before anything is decided" in page


def test_the_list_shows_finds_and_pages(session, organisation, account, visits):
    for number in range(27):
        submit(session, organisation.nurse, f"Hand washing tip {number}%", account, native_id=str(number))
    make_draft(session, organisation.nurse, "A draft about inhalers", account)
    visit = visits(organisation.nurse)
    page = visit.get("/posts").text
    assert "Showing 1 to 25 of 28 posts and drafts" in page
    assert "Showing 26 to 28" in visit.get("/posts?page=2").text
    found = visit.get("/posts?words=inhalers").text
    assert "Showing 1 to 1 of 1" in found
    assert "Showing 1 to 1 of 1" in visit.get("/posts?words=tip 26%25").text
    assert "Nothing of yours fits this" in visit.get("/posts?words=%25%25").text
    assert "Showing 1 to 1 of 1" in visit.get("/posts?state=drafts").text
    assert "Showing 1 to 25 of 27" in visit.get("/posts?state=posted").text
    assert visit.get("/posts?page=x&state=nonsense").status_code == 200


def test_an_empty_list_says_what_would_be_here(organisation, visits):
    assert "would be here" in visits(organisation.nurse).get("/posts").text


@pytest.mark.parametrize("who", ["manager", "director", "hr", "compliance", "dpo", "colleague", "admin"])
def test_nobody_else_opens_the_authors_pages(session, organisation, account, visits, who):
    post = make_draft(session, organisation.nurse, GOOD, account)
    session.commit()
    visit = visits(getattr(organisation, who))
    for place in ("", "/revise", "/publish"):
        assert visit.get(f"/posts/{post.id}{place}").status_code == 404
    assert visit.post(f"/posts/{post.id}/withdraw", {"version": post.version}).status_code == 404


@pytest.mark.browser
def test_pages_stand_up_in_a_browser(session, organisation, account, browse, axe):
    post = make_draft(session, organisation.nurse, words("high"), account)
    ask_changes(session, post.approver, post=post, version=post.version, comment="Please leave it out.")
    places = ("/posts", f"/posts/{post.id}", f"/posts/{post.id}/revise", "/posts/draft", "/posts/record")
    page = browse(organisation.nurse, width=375)
    for place in places:
        page.goto(place)
        assert axe(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place


def test_a_draft_that_nobody_could_approve_is_refused_and_nothing_of_it_is_kept(
    session, organisation, account, visits
):
    organisation.nurse.line_manager = None
    organisation.clinical_lead.active = False
    visit = visits(organisation.nurse)
    reply = visit.post("/posts/draft", {"account_id": account.id, "text": GOOD, "audience": "public"})
    assert (reply.status_code, "nobody who could approve" in reply.text) == (422, True)
    assert "Ask your pharmacist to check your inhaler technique." in reply.text
    assert count(session) == 0
    assert session.scalar(select(func.count()).where(AuditEntry.thing == "post")) == 0


def test_a_post_whose_case_is_closed_does_not_say_that_somebody_still_looks(session, organisation, visits):
    done = submit(session, organisation.nurse, words("high"))
    visit = visits(organisation.nurse)
    page = f"/posts/{done.post.id}"
    assert "Somebody is looking at this post" in visit.get(page).text
    triage(
        session,
        organisation.manager,
        case=done.case,
        version=done.case.version,
        identity="theirs",
        how_known="I asked them.",
        outcome="no_concern",
        reason="Nobody could be recognised.",
    )
    text = visit.get(page).text
    assert "Somebody is looking at this post" not in text
    assert "the case is closed" in text


def test_a_search_for_what_no_text_can_hold_finds_what_is_left_of_it(session, organisation, visits):
    submit(session, organisation.nurse)
    page = visits(organisation.nurse).get("/posts?words=%00inhaler").text
    assert "\x00" not in page  # PostgreSQL refuses to look for it
    assert "Ask your pharmacist" in page
