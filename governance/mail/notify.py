"""Telling somebody by mail that something waits for them. A verb calls this in its own transaction; nothing is sent here."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.kernel import clock
from governance.mail.models import MAIL_KINDS, OutgoingMail
from governance.people.models import Person


def notify(session: Session, person: Person, kind: str, *, about: str) -> OutgoingMail | None:
    """Put a mail of `kind` (see MAIL_KINDS) for `person` into the outbox; None for somebody who has left.

    `about` names the thing, such as letter:12 or clock:7:warning. It is not sent: it only keeps the same thing from
    being told twice. ValueError for an unknown kind.
    """
    if kind not in MAIL_KINDS:
        raise ValueError(f"{kind} is no kind of mail; known: {', '.join(MAIL_KINDS)}")
    if not person.active:
        return None
    key = f"{kind}:{about}:{person.id}"
    known = session.scalar(select(OutgoingMail).where(OutgoingMail.dedupe_key == key))
    if known is not None:
        return known
    now = clock.now()
    mail = OutgoingMail(
        kind=kind, person=person, dedupe_key=key, state="waiting", attempts=0, asked_at=now, next_try_at=now
    )
    session.add(mail)
    session.flush()
    return mail
