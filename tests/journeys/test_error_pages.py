"""What a person sees when something goes wrong: a page that says what and what to do, as clean as any other."""

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.entrance.throttle import FAILURES_PER_PERSON_AND_ADDRESS
from governance.people.models import Person
from tests.fixtures.looking import looks_wrong

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["demo"], indirect=True)]

SEND = """([place, fields]) => {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = place;
  const token = document.querySelector('input[name=csrf_token]').value;
  for (const [name, value] of Object.entries({csrf_token: token, ...fields})) {
    const field = document.createElement('textarea');
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""

PATIENCE = 60_000  # milliseconds: seven megabytes take a while on a busy machine


@pytest.fixture
def nurse(session: Session) -> Person:
    return session.scalars(select(Person).where(Person.email == "sam.adeyemi@thornbeck.example")).one()


def send(page: Page, place: str, **fields: str) -> int:
    """Send a form from the page that is open, as an old or broken page would; the status of the answer."""
    with page.expect_navigation(timeout=PATIENCE) as answer:
        page.evaluate(SEND, [place, fields])
    return answer.value.status


@pytest.mark.parametrize(
    ("place", "status"), [("/people/", 403), ("/nothing-here", 404), ("/posts/999999", 404)]
)
def test_a_page_that_is_closed_or_not_there(browse, axe, nurse: Person, place: str, status: int):
    page = browse(nurse)
    answer = page.goto(place)
    assert answer.status == status
    assert page.get_by_role("main").inner_text().strip()
    assert looks_wrong(page, axe) == []


def test_a_page_that_somebody_changed_meanwhile(browse, axe, session: Session, nurse: Person):
    accounts = select(SocialAccount).where(
        SocialAccount.owner_id == nurse.id, SocialAccount.state == "verified"
    )
    place = f"/accounts/{session.scalars(accounts).first().id}/retire"
    page = browse(nurse)
    page.goto(place)
    assert send(page, place, version="0", reason="I no longer use it.") == 409
    assert "I no longer use it." in page.get_by_role("main").inner_text() + "".join(
        box.input_value() for box in page.locator("main textarea").all()
    )
    assert looks_wrong(page, axe) == []


def test_a_text_that_is_too_large_to_send(browse, axe, nurse: Person):
    page = browse(nurse)
    page.goto("/check")
    assert send(page, "/check", text="a" * 7 * 1024 * 1024) == 413
    assert looks_wrong(page, axe) == []


def test_a_form_whose_token_is_not_ours(browse, axe, nurse: Person):
    page = browse(nurse)
    page.goto("/check")
    page.evaluate("document.querySelectorAll('input[name=csrf_token]').forEach(one => one.value = 'forged')")
    assert send(page, "/check", text="A word") == 400
    assert looks_wrong(page, axe) == []


def test_too_many_tries_to_sign_in(browse, axe):
    page = browse(None)
    page.goto("/sign-in")
    fields = {"email": "sam.adeyemi@thornbeck.example", "password": "not the password"}
    for _ in range(FAILURES_PER_PERSON_AND_ADDRESS):
        assert send(page, "/sign-in", **fields) == 200
    assert send(page, "/sign-in", **fields) == 429
    assert looks_wrong(page, axe) == []


def test_a_mistake_of_ours(app: Flask, browse, axe, nurse: Person):
    def broken():
        raise RuntimeError("a mistake of ours")

    broken.permission = "notice.acknowledge"
    app.view_functions["notice.show"] = broken
    page, answered = browse(nurse), []

    def calmed(route):  # the browser itself would complain of a 500, and a complaint fails a test
        answer = route.fetch()
        answered.append(answer.status)
        route.fulfill(response=answer, status=200)

    page.route("**/notice/", calmed)
    page.goto("/notice/")
    assert answered == [500]
    assert "a mistake of ours" not in page.content()
    assert looks_wrong(page, axe) == []
