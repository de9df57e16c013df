"""Registering an account through the pages: one thing at a time, left and resumed, nothing half-written."""

import re

import pytest
from sqlalchemy import func, select

from governance.accounts.models import SocialAccount
from tests.factories.accounts import acknowledge, make_account

ANSWERS = {
    "platform": {"platform": "instagram"},
    "address": {"handle": "@nia.on.seven", "url": "instagram.com/nia.on.seven?igsh=x"},
    "purpose": {"purpose": "Ward life, kindly.", "audience": "public"},
    "standing": {"profession": "nurse", "regulator": "NMC", "number": "99a9999e"},
}


@pytest.fixture
def nurse(session, organisation, visitor):
    """The nurse's browser, the notice read."""
    acknowledge(session, organisation.nurse)
    session.commit()
    return visitor(organisation.nurse)


def answer(visit, *steps):
    for step in steps or ANSWERS:
        reply = visit.post(f"/accounts/register/{step}", ANSWERS[step])
        assert reply.status_code == 303, reply.text
    return reply


def how_many(session):
    return session.scalar(select(func.count()).select_from(SocialAccount))


def test_the_notice_comes_before_every_step(visitor, organisation):
    visit = visitor(organisation.nurse)
    for step in ("", "/platform", "/purpose", "/standing", "/check"):
        reply = visit.get(f"/accounts/register{step}")
        assert (reply.status_code, reply.location) == (302, "/notice/?then=register"), step


def test_from_start_to_the_account(nurse, session):
    assert "Start" in nurse.get("/accounts/register").text
    assert answer(nurse).location == "/accounts/register/check"
    check = nurse.get("/accounts/register/check").text
    for words in ("Instagram", "@nia.on.seven", "Ward life, kindly.", "Anyone", "NMC 99A9999E"):
        assert words in check
    assert how_many(session) == 0
    session.rollback()
    done = nurse.post("/accounts/register/check")
    assert done.status_code == 303
    account = session.scalars(select(SocialAccount)).one()
    assert (account.url, account.handle) == ("https://instagram.com/nia.on.seven", "@nia.on.seven")
    assert account.owner.registration_number == "99A9999E"
    page = nurse.get(done.location).text
    assert account.proof_code in page
    assert "The account is registered" in page
    assert nurse.get("/accounts/register/check").location == "/accounts/register/platform"


def test_it_can_be_left_and_resumed(nurse, session):
    answer(nurse, "platform", "address")
    assert "Go on where you left" in nurse.get("/accounts/").text
    overview = nurse.get("/accounts/register").text
    assert overview.count("Done") == 2
    assert re.search(r'href="/accounts/register/purpose"[^>]*>\s*Go on', overview)
    assert 'value="@nia.on.seven"' in nurse.get("/accounts/register/address").text
    assert how_many(session) == 0


def test_on_a_shared_computer_nobody_sees_the_answers_of_another(nurse, organisation, visitor, session):
    answer(nurse, "platform", "address")
    acknowledge(session, organisation.colleague)
    session.commit()
    other = visitor(organisation.colleague)
    with nurse.client.session_transaction() as kept, other.client.session_transaction() as taken_over:
        taken_over["registration"] = kept["registration"]
    assert "nia.on.seven" not in other.get("/accounts/register/address").text
    assert other.get("/accounts/register/address").location == "/accounts/register/platform"


@pytest.mark.parametrize(
    ("step", "typed", "says", "kept"),
    [
        ("platform", {"platform": "myspace"}, "Choose the platform from the list", None),
        ("address", {"handle": "@nia", "url": "javascript:alert(1)"}, "must start with https://", "@nia"),
        (
            "address",
            {"handle": "@nia", "url": "https://instagram.com/other"},
            "belongs to",
            "instagram.com/other",
        ),
        ("purpose", {"purpose": "a\x00b", "audience": "public"}, "NUL", None),
        ("purpose", {"purpose": "Kindly", "audience": ""}, "Choose who usually sees", "Kindly"),
        (
            "standing",
            {"profession": "nurse", "regulator": "NMC", "number": "12"},
            "2 digits, a letter",
            'value="12"',
        ),
        ("standing", {"profession": "", "regulator": "", "number": ""}, "Enter your profession", None),
    ],
)
def test_a_wrong_answer_stays_on_its_page_with_what_was_typed(nurse, step, typed, says, kept):
    answer(nurse, "platform")
    page = nurse.post(f"/accounts/register/{step}", typed)
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert says in page.text
    assert kept is None or kept in page.text


def test_a_step_without_an_answer_says_so(nurse):
    page = nurse.post("/accounts/register/platform")
    assert page.status_code == 422
    assert "Choose the platform from the list" in page.text


def test_another_platform_asks_for_the_address_again(nurse):
    answer(nurse)
    reply = nurse.post("/accounts/register/platform", {"platform": "x"})
    assert reply.location == "/accounts/register/address"


def test_a_handle_that_somebody_took_meanwhile_is_told_on_the_last_page(nurse, organisation, session):
    answer(nurse)
    make_account(
        session,
        organisation.colleague,
        platform="instagram",
        handle="nia.on.seven",
        url="https://www.instagram.com/nia.on.seven/",
    )
    session.commit()
    page = nurse.post("/accounts/register/check")
    assert page.status_code == 422
    assert "registered by somebody else" in page.text
    assert "Ward life, kindly." in page.text


def test_what_is_typed_is_never_markup(nurse):
    answer(nurse, "platform", "address")
    nurse.post("/accounts/register/purpose", {"purpose": "<script>alert(1)</script>", "audience": "public"})
    answer(nurse, "standing")
    page = nurse.get("/accounts/register/check").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_unchecked_number_is_marked(nurse):
    answer(nurse, "platform", "address", "purpose")
    nurse.post(
        "/accounts/register/standing", {"profession": "dentist", "regulator": "GDC", "number": "990162"}
    )
    assert "GDC 990162 (form not checked)" in nurse.get("/accounts/register/check").text
    assert "How to check the Register" in nurse.get("/accounts/register/standing").text


def test_a_long_purpose_in_any_script_fits_the_cookie(nurse):
    answer(nurse, "platform", "address")
    words = "".join(chr(0x1F300 + (n * 37) % 500) for n in range(500))
    assert (
        nurse.post("/accounts/register/purpose", {"purpose": words, "audience": "public"}).status_code == 303
    )
    assert words in nurse.get("/accounts/register/purpose").text
