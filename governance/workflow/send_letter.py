"""Sending a letter: what was on the page goes out as it stood, and is never changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case
from governance.guidance.rulebook import Rulebook
from governance.kernel import clock
from governance.kernel.errors import Invalid, Refused
from governance.kernel.text import required
from governance.letters.filling import values_of
from governance.letters.models import LETTER_KINDS, Letter
from governance.letters.policy import can_send, recipient_of
from governance.letters.templates import Draft, fill, left_open, letter_templates
from governance.mail.notify import notify
from governance.people.models import Person
from governance.workflow.steps import look_again, note

LONGEST_HEADING, LONGEST_BODY = 200, 20_000  # characters


def draft_of(case: Case, rulebook: Rulebook, *, kind: str, sender: Person) -> Draft:
    """The letter of `kind` filled from the case, for `sender` to edit. Raises Invalid where the case lacks what it needs."""
    recipient = recipient_of(case, kind)
    if recipient is None:
        raise Invalid("There is nobody in this case whom this letter could go to.")
    today = clock.local_date(clock.now())
    values = values_of(case, rulebook, sender=sender, recipient=recipient, today=today)
    return fill(letter_templates()[kind], values)


def send_letter(
    session: Session,
    actor: Person,
    *,
    case: Case,
    version: int | None,
    kind: str,
    heading: str,
    body: str,
    rulebook: Rulebook,
) -> Letter:
    """Keep the letter as it is sent, tell its reader by mail that something waits, and note it in the case.

    Raises Invalid with the field to mend (double brackets that are still open among them), Refused, or what
    `look_again` raises.
    """
    look_again(session, actor, case, version)
    if kind not in LETTER_KINDS:
        raise Invalid("Choose which letter to write.", "kind")
    if reason := can_send(actor, case, kind):
        raise Refused(reason)
    heading = required(heading, "heading", "The subject of the letter", LONGEST_HEADING)
    body = required(body, "body", "The letter", LONGEST_BODY)
    if "\n" in heading or "\r" in heading:
        raise Invalid("The subject of the letter must be one line.", "heading")
    if gaps := left_open(heading) + left_open(body):
        raise Invalid(f"Fill in or remove what stands in double brackets: {gaps[0]}", "body")
    recipient = recipient_of(case, kind)
    if recipient is None or recipient.id == actor.id:
        raise Invalid("A letter goes to somebody else than its writer.", "kind")
    letter = Letter(
        case=case,
        kind=kind,
        heading=heading.strip(),
        body=body,
        edited=Draft(heading.strip(), body) != draft_of(case, rulebook, kind=kind, sender=actor),
        recipient=recipient,
        sender=actor,
        while_held=case.stage == "held",
        sent_at=clock.now(),
    )
    session.add(letter)
    note(session, case, actor, "send_letter", field=_field(letter), new=letter_templates()[kind].title)
    session.flush()
    record(session, Event.LETTER_SENT, letter.id, actor.id, case_id=case.id, kind=kind, to_id=recipient.id)
    notify(session, recipient, "letter", about=f"letter:{letter.id}")
    return letter


def _field(letter: Letter) -> str:
    """What the case's timeline notes it as: its readers depend on it (see cases/timeline.py)."""
    to = "letter" if letter.recipient is letter.case.subject else "letter_to_reporter"
    return f"{to}_while_held" if letter.while_held else to
