"""What a mail says: that something waits in Probity, and where. Never a case, a kind of concern or a name but the reader's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from governance.kernel.mail_server import MailServer
from governance.mail.models import OutgoingMail


@dataclass(frozen=True)
class Wording:
    """The words of one kind of mail. `path` is the page that its link opens, the same for everybody."""

    subject: str
    line: str
    path: str


WORDINGS: Mapping[str, Wording] = {
    "letter": Wording(
        "There is a message for you in Probity", "There is a message for you in Probity.", "/letters/"
    ),
    "task": Wording("Something waits for you in Probity", "Something in Probity waits for you.", "/"),
    "reminder": Wording(
        "A reminder: something waits for you in Probity", "Something in Probity still waits for you.", "/"
    ),
}
BODY = """Hello {name},

{line} Sign in to read it:

{address}

This email does not say what it is about, on purpose: others could read it.
Please do not answer it. Answers to this address are not read.
"""


class BadAddress(ValueError):
    """The person's name or e-mail address cannot stand in the head of a mail."""


def message_of(mail: OutgoingMail, server: MailServer) -> EmailMessage:
    """The mail as it is sent. Its Message-ID follows from the row, so that a mail that is sent twice is known as one.

    Raises BadAddress for an address that is none: a line end in it would start a header of its own.
    """
    words = WORDINGS[mail.kind]
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = Address("Probity", addr_spec=server.sender)
        message["To"] = Address(_plain(mail.person.name), addr_spec=mail.person.email)
    except Exception as error:  # the parser of addresses raises many kinds, IndexError too
        raise BadAddress("The email address of this person is not one that mail can be sent to.") from error
    message["Subject"] = words.subject
    message["Date"] = format_datetime(mail.asked_at)
    message["Message-ID"] = f"<probity-{mail.id}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    address = server.public_url.rstrip("/") + words.path
    message.set_content(BODY.format(name=_plain(mail.person.name), line=words.line, address=address))
    return message


def _plain(name: str) -> str:
    """A name on one line, without control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in name).split())
