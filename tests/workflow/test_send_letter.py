"""Sending and reading letters."""

import json

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from governance.audit.models import AuditEntry
from governance.cases.timeline import entries
from governance.guidance.loader import shipped_rulebook
from governance.kernel.errors import Conflict, GovernanceError, Invalid, Missing, Refused
from governance.letters.models import Letter
from governance.letters.policy import can_send, offered
from governance.letters.queries import letters_of, letters_to
from governance.mail.models import OutgoingMail
from governance.workflow.hear_appeal import hear_appeal
from governance.workflow.read_letter import read_letter
from governance.workflow.send_letter import draft_of, send_letter
from tests.factories.cases import case_at, issue, open_for

BODY = "Dear Nia,\n\nPlease answer by Friday.\n"


def send(session, case, actor=None, kind="reply_invitation", **given):
    asked = {"heading": "We would like to hear from you", "body": BODY, "version": case.version}
    return send_letter(
        session, actor or case.holder, case=case, kind=kind, rulebook=shipped_rulebook(), **(asked | given)
    )


def test_a_letter_is_kept_as_it_was_sent(session, organisation):
    case = case_at(session, organisation, "reply")
    letter = send(session, case)
    assert (letter.body, letter.recipient, letter.sender) == (BODY, organisation.nurse, organisation.manager)
    assert letter.edited
    session.flush()
    with pytest.raises(IntegrityError, match="letter rows refuse update"):
        session.execute(update(Letter).values(body="Something else"))


def test_the_template_is_filled_from_the_case(session, organisation):
    case = case_at(session, organisation, "reply")
    draft = draft_of(case, shipped_rulebook(), kind="reply_invitation", sender=organisation.manager)
    for words in ("Nia Rowan", "Mark Osei", "Dora Lindt", case.reference, "Bluesky", "confidentiality"):
        assert words in draft.heading + draft.body
    letter = send(session, case, heading=draft.heading, body=draft.body)
    assert not letter.edited


def test_the_trail_names_no_words_and_the_mail_is_asked_for_once(session, organisation):
    case = case_at(session, organisation, "reply")
    letter = send(session, case)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "letter.sent")).one()
    assert json.loads(entry.payload) == {
        "case_id": case.id,
        "kind": "reply_invitation",
        "to_id": organisation.nurse.id,
    }
    mail = session.scalars(select(OutgoingMail)).one()
    assert (mail.person, mail.kind, mail.state) == (organisation.nurse, "letter", "waiting")
    assert mail.dedupe_key == f"letter:letter:{letter.id}:{organisation.nurse.id}"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"heading": " "}, "heading"),
        ({"heading": "Two\nlines"}, "heading"),
        ({"body": ""}, "body"),
        ({"body": "By [[day]]."}, "body"),
        ({"body": "\x00"}, "body"),
    ],
)
def test_what_is_to_mend_is_named(session, organisation, given, field):
    case = case_at(session, organisation, "reply")
    with pytest.raises(Invalid) as error:
        send(session, case, **given)
    assert error.value.field == field
    assert session.scalar(select(Letter)) is None


@pytest.mark.parametrize("who", ["nurse", "colleague", "clinical_lead", "hr", "compliance", "admin"])
def test_only_who_holds_or_decides_writes(session, organisation, who):
    case = case_at(session, organisation, "reply")
    with pytest.raises(GovernanceError) as error:
        send(session, case, getattr(organisation, who))
    assert error.value.status in (403, 404)


def test_a_letter_from_an_old_page_is_a_conflict(session, organisation):
    case = case_at(session, organisation, "reply")
    old = case.version
    send(session, case)
    with pytest.raises(Conflict) as error:
        send(session, case, organisation.director, version=old)
    assert any("Letter sent" in line for line in error.value.changes)


def test_each_kind_has_its_time(session, organisation):
    holder = organisation.manager
    assert offered(holder, case_at(session, organisation, "triage")) == ["edit_request"]
    assert offered(holder, case_at(session, organisation, "reply")) == ["edit_request", "reply_invitation"]
    case = case_at(session, organisation, "decision")
    assert "outcome" not in offered(holder, case)
    issue(session, case)
    assert "outcome" in offered(holder, case)
    with pytest.raises(Refused, match="Nobody has appealed"):
        send(session, case, kind="appeal_acknowledged")


def test_the_outcome_letter_gives_the_reasons_and_waits_for_its_gap(session, organisation):
    case = case_at(session, organisation, "decision")
    issue(session, case)
    draft = draft_of(case, shipped_rulebook(), kind="outcome", sender=organisation.director)
    assert case.decision.reasons in draft.body
    with pytest.raises(Invalid, match="double brackets"):
        send(session, case, organisation.director, kind="outcome", body=draft.body)


def test_the_letters_of_an_appeal(session, organisation):
    case = case_at(session, organisation, "appeal")
    hearer = case.appeal.hearer
    assert hearer is not None
    for writer in (case.holder, hearer):
        assert "appeal_acknowledged" in offered(writer, case)
    draft = draft_of(case, shipped_rulebook(), kind="appeal_acknowledged", sender=hearer)
    assert f"- {hearer.name}, who had no part" in draft.body
    assert "appeal_outcome" not in offered(hearer, case)
    hear_appeal(
        session,
        hearer,
        case=case,
        version=case.version,
        result="upheld",
        reasons="Somebody asked the ward, and the ward knew.",
    )
    draft = draft_of(case, shipped_rulebook(), kind="appeal_outcome", sender=hearer)
    assert "The decision stands." in draft.body
    assert "Somebody asked the ward, and the ward knew." in draft.body


def test_the_author_never_learns_of_a_letter_to_who_reported(session, organisation):
    case = open_for(session, organisation.nurse, reporter=organisation.colleague)
    with pytest.raises(Refused, match="not named to anybody else"):
        send(session, case, kind="reporter_acknowledgement")
    case.holder = organisation.hr
    letter = send(session, case, kind="reporter_acknowledgement")
    assert letters_of(session, organisation.director, case) == []
    assert letters_of(session, organisation.nurse, case) == []
    assert all(entry.verb != "send_letter" for entry in entries(organisation.nurse, case))
    assert any(entry.verb == "send_letter" for entry in entries(organisation.hr, case))
    assert letters_to(session, organisation.colleague) == [letter]
    with pytest.raises(Missing):
        read_letter(session, organisation.nurse, letter=letter)


def test_a_letter_of_the_guardian_tells_nobody_else_that_there_was_one(session, organisation):
    case = case_at(session, organisation, "held", guards=["protected_disclosure"])
    letter = send(session, case, kind="edit_request")
    assert letter.while_held
    assert can_send(organisation.manager, case, "edit_request")
    case.stage, case.holder = "triage", organisation.manager
    session.flush()
    assert letters_of(session, organisation.manager, case) == []
    assert all(entry.verb != "send_letter" for entry in entries(organisation.manager, case))
    assert letters_of(session, organisation.nurse, case) == [letter]
    assert letters_of(session, organisation.guardian, case) == [letter]


def test_reading_is_noted_once_and_only_for_its_reader(session, organisation):
    case = case_at(session, organisation, "reply")
    letter = send(session, case)
    read_letter(session, organisation.director, letter=letter)
    session.flush()
    session.refresh(letter)
    assert letter.reading is None
    for _ in range(2):
        read_letter(session, organisation.nurse, letter=letter)
        session.flush()
    assert letter.reading is not None
    assert len(session.scalars(select(AuditEntry).where(AuditEntry.event == "letter.read")).all()) == 1


def test_nobody_outside_the_case_reads_it(session, organisation):
    letter = send(session, case_at(session, organisation, "reply"))
    for who in ("colleague", "compliance", "admin", "guardian"):
        with pytest.raises(Missing):
            read_letter(session, getattr(organisation, who), letter=letter)
