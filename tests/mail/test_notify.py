"""What goes into the outbox, and what a mail says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.kernel import clock
from governance.kernel.mail_server import MailServer
from governance.mail.models import MAIL_KINDS, OutgoingMail
from governance.mail.notify import notify
from governance.mail.wording import WORDINGS, BadAddress, message_of
from governance.people.models import Person

SERVER = MailServer(
    host="127.0.0.1", sender="probity@trust.example", public_url="https://probity.trust.example/"
)


def mail_to(name: str = "Nia Rowan", email: str = "nia@trust.example", kind: str = "letter") -> OutgoingMail:
    person = Person(name=name, email=email)
    return OutgoingMail(id=7, kind=kind, person=person, dedupe_key="k", asked_at=clock.now())


def test_nothing_is_told_twice(session, organisation):
    first = notify(session, organisation.nurse, "letter", about="letter:1")
    assert notify(session, organisation.nurse, "letter", about="letter:1") is first
    assert notify(session, organisation.colleague, "letter", about="letter:1") is not first
    assert notify(session, organisation.nurse, "letter", about="letter:2") is not first


def test_whoever_has_left_is_not_written_to(session, organisation):
    organisation.nurse.active = False
    assert notify(session, organisation.nurse, "letter", about="letter:1") is None


def test_an_unknown_kind_is_a_mistake(session, organisation):
    with pytest.raises(ValueError, match="gossip"):
        notify(session, organisation.nurse, "gossip", about="letter:1")


def test_every_kind_has_its_words():
    assert set(WORDINGS) == set(MAIL_KINDS)


@pytest.mark.parametrize("kind", MAIL_KINDS)
def test_a_mail_says_that_something_waits_and_no_more(kind):
    message = message_of(mail_to(kind=kind), SERVER)
    text = message.as_string()
    assert "https://probity.trust.example/" in text
    assert message["To"] == "Nia Rowan <nia@trust.example>"
    assert message["Message-ID"] == "<probity-7@trust.example>"
    for word in ("case", "concern", "flagged", "complaint", "disclosure", "union", "health", "post "):
        assert word not in f"{message['Subject']} {message.get_content()}".lower()


@pytest.mark.parametrize(
    "email", ["nia@trust.example\nBcc: all@trust.example", "nia", "", "a@b, c@d", "nia@trust.example\r"]
)
def test_an_address_that_would_start_a_header_is_refused(email):
    with pytest.raises(BadAddress):
        message_of(mail_to(email=email), SERVER)


@given(st.text(max_size=60))
def test_no_name_adds_a_header_or_a_recipient(name):
    message = message_of(mail_to(name=name), SERVER)
    head = message.as_bytes().split(b"\r\n\r\n", 1)[0]
    names = [
        line.split(b":")[0].lower() for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))
    ]
    assert sorted(names) == sorted(set(names))
    assert set(names) <= {
        *(b"from", b"to", b"subject", b"date", b"message-id", b"auto-submitted", b"x-auto-response-suppress"),
        *(b"content-type", b"content-transfer-encoding", b"mime-version"),
    }
    assert [one.addr_spec for one in message["To"].addresses] == ["nia@trust.example"]
