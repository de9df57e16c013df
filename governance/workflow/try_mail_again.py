"""Trying a mail again that was given up, once its cause is mended."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record, wait_turn
from governance.kernel import clock
from governance.kernel.errors import Conflict, Refused
from governance.mail.models import OutgoingMail
from governance.people.models import Person


def try_mail_again(session: Session, actor: Person, *, mail: OutgoingMail) -> OutgoingMail:
    """Put a failed mail back to wait. Raises Refused, or Conflict where it has not failed."""
    if not actor.may("outbox.see"):
        raise Refused("Your role does not look after the outbox.")
    wait_turn(session)
    session.execute(select(OutgoingMail.id).where(OutgoingMail.id == mail.id).with_for_update())
    session.refresh(mail)
    if mail.state != "failed":
        raise Conflict("This mail has not failed: it is sent, or waits for its next try.")
    now = clock.now()
    mail.state, mail.attempts, mail.error = "waiting", 0, None
    mail.next_try_at = mail.asked_at = now  # else it would be dropped for its age
    session.flush()
    record(session, Event.MAIL_TRIED_AGAIN, mail.id, actor.id, person_id=mail.person_id)
    return mail
