"""Registering an account: what is kept, and what is refused by name."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from governance.accounts.models import SocialAccount
from governance.accounts.registration_numbers import Standing
from governance.audit.models import AuditEntry
from governance.kernel import clock
from governance.kernel.errors import Invalid, Refused
from governance.workflow.register_account import register_account
from governance.workflow.retire_account import retire_account
from tests.factories.accounts import acknowledge, make_account

GIVEN = {
    "platform": "instagram",
    "handle": "@nia.on.seven",
    "url": "https://www.instagram.com/nia.on.seven/",
    "purpose": "Ward life, kindly.",
    "audience": "public",
}


def test_an_account_waits_to_be_confirmed(session, organisation):
    acknowledge(session, organisation.nurse)
    moment = datetime(2026, 6, 28, 23, 30, tzinfo=UTC)  # Monday in London already
    with clock.at(moment):
        account = register_account(session, organisation.nurse, **GIVEN)
    assert (account.state, account.handle_key, account.owner) == (
        "pending",
        "nia.on.seven",
        organisation.nurse,
    )
    assert account.proof_code.startswith("PB-")
    assert account.privacy_review_due_on == clock.local_date(moment) + timedelta(days=14)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.event, entry.thing_id, entry.actor_id) == (
        "account.registered",
        account.id,
        organisation.nurse.id,
    )
    assert json.loads(entry.payload) == {"owner_id": organisation.nurse.id, "platform": "instagram"}


def test_the_notice_comes_first(session, organisation):
    with pytest.raises(Refused, match="Read the notice"):
        register_account(session, organisation.nurse, **GIVEN)
    organisation.nurse.active = False
    with pytest.raises(Refused, match="cannot register"):
        register_account(session, organisation.nurse, **GIVEN)


def test_profession_and_number_are_kept_with_the_person(session, organisation):
    acknowledge(session, organisation.nurse)
    register_account(session, organisation.nurse, **GIVEN, standing=Standing("midwife", "NMC", "99a9999e"))
    nurse = organisation.nurse
    assert (nurse.profession, nurse.regulator, nurse.registration_number) == ("midwife", "NMC", "99A9999E")
    stated = select(func.count()).where(AuditEntry.event == "person.standing_stated")
    assert session.scalar(stated) == 1
    make_account(session, nurse)
    assert nurse.profession == "midwife"
    assert session.scalar(stated) == 1


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"purpose": "  "}, "purpose", "Enter what you use"),
        ({"purpose": "x" * 501}, "purpose", "500 characters or fewer"),
        ({"purpose": "a\x00b"}, "purpose", "NUL"),
        ({"purpose": "a\ud800"}, "purpose", "surrogate"),
        ({"audience": "everybody"}, "audience", "from the list"),
        ({"platform": "myspace"}, "platform", "from the list"),
        ({"url": "javascript:alert(1)"}, "url", "https"),
        ({"standing": Standing("nurse", "NMC", "1")}, "number", "2 digits, a letter"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(session, organisation, changed, field, says):
    acknowledge(session, organisation.nurse)
    with pytest.raises(Invalid, match=says) as refused:
        register_account(session, organisation.nurse, **(GIVEN | changed))
    assert refused.value.field == field
    session.flush()
    assert session.scalar(select(func.count()).select_from(SocialAccount)) == 0


def test_emoji_and_right_to_left_text_are_ordinary(session, organisation):
    account = make_account(session, organisation.nurse, purpose="نصائح للأمهات 👩🏽‍⚕️ é")
    session.commit()
    session.expire_all()
    assert account.purpose == "نصائح للأمهات 👩🏽‍⚕️ é"


def test_a_handle_in_use_is_refused_by_name(session, organisation):
    acknowledge(session, organisation.nurse)
    acknowledge(session, organisation.colleague)
    register_account(session, organisation.nurse, **GIVEN)
    with pytest.raises(Invalid, match=r"already registered @nia\.on\.seven on Instagram"):
        register_account(session, organisation.nurse, **GIVEN)
    again = GIVEN | {"handle": "NIA.ON.SEVEN", "url": "https://instagram.com/Nia.On.Seven"}
    with pytest.raises(Invalid, match="registered by somebody else") as refused:
        register_account(session, organisation.colleague, **again)
    assert refused.value.field == "handle"


def test_the_same_blog_under_another_name_is_known_by_its_address(session, organisation):
    make_account(session, organisation.nurse, platform="blog", handle="My blog", url="https://nia.example/")
    with pytest.raises(Invalid, match="registered by somebody else"):
        make_account(
            session, organisation.colleague, platform="blog", handle="Other", url="https://NIA.example"
        )


def test_a_retired_handle_can_be_registered_again(session, organisation):
    account = make_account(session, organisation.nurse, handle="ward_seven")
    retire_account(session, organisation.nurse, account, version=account.version)
    assert make_account(session, organisation.nurse, handle="ward_seven").state == "pending"


def test_two_who_register_one_handle_in_the_same_moment(session, organisation, monkeypatch):
    make_account(session, organisation.colleague, handle="ward_seven")
    acknowledge(session, organisation.nurse)
    seen = []
    from governance.workflow import register_account as verb

    ask = verb.registered_as
    monkeypatch.setattr(verb, "registered_as", lambda *given: ask(*given) if seen else seen.append(1))
    with pytest.raises(Invalid, match="registered by somebody else"):
        make_account(session, organisation.nurse, handle="Ward_Seven", url="https://x.com/WARD_seven")
    session.commit()
    assert session.scalar(select(func.count()).select_from(SocialAccount)) == 1
