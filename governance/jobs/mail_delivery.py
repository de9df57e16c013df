"""Sending what waits in the outbox: claim one, hand it over, note what became of it, each in a commit of its own."""

from __future__ import annotations

import ssl
from collections import Counter
from threading import Event, Thread

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session, joinedload

from governance.jobs.queue import this_holder
from governance.kernel import clock
from governance.kernel.database import WRITE
from governance.kernel.mail_server import MailServer
from governance.mail import queue
from governance.mail.models import OutgoingMail
from governance.mail.smtp import Never, NotNow, deliver
from governance.mail.wording import BadAddress, message_of

log = structlog.get_logger()

EVERY = 30.0  # seconds between two looks into the outbox


def deliver_waiting(
    engine: Engine, server: MailServer, context: ssl.SSLContext | None = None
) -> Counter[str]:
    """Send every mail that is due; how many came to be in each state. No transaction is open while a mail goes out."""
    holder, became = this_holder(), Counter[str]()
    while True:
        with _writing(engine) as session:
            claimed = queue.claim_mail(session, holder)
            if claimed is None:
                return became
            mail = session.get_one(
                OutgoingMail, claimed.id, options=[joinedload(OutgoingMail.person)], populate_existing=True
            )
            session.commit()
        became[_sent(engine, mail, holder, server, context)] += 1


def _sent(
    engine: Engine, mail: OutgoingMail, holder: str, server: MailServer, context: ssl.SSLContext | None
) -> str:
    """Try one mail; the state that it has now."""
    why = _not_wanted(mail)
    if why is not None:
        with _writing(engine) as session:
            queue.note_dropped(session, mail, holder, why)
            session.commit()
        return "dropped"
    trouble: Exception | None = None
    try:
        deliver(message_of(mail, server), server, context)
    except (BadAddress, Never, NotNow) as error:
        trouble = error
    with _writing(engine) as session:
        if trouble is None:
            queue.note_sent(session, mail, holder)
            state = "sent"
        elif isinstance(trouble, NotNow):
            state = queue.note_try_again(session, mail, holder, str(trouble))
        else:
            queue.note_failed(session, mail, holder, str(trouble))
            state = "failed"
        session.commit()
    return state


def _not_wanted(mail: OutgoingMail) -> str | None:
    if not mail.person.active:
        return "Its reader has left the organisation."
    if clock.now() - mail.asked_at > queue.STALE:
        return f"It waited longer than {queue.STALE.days} days."
    return None


def _writing(engine: Engine) -> Session:
    return Session(engine.execution_options(**WRITE), expire_on_commit=False)


class Postman(Thread):
    """Looks into the outbox now and then, beside the server that answers requests. Several processes may each have one."""

    def __init__(self, engine: Engine, server: MailServer, every: float = EVERY) -> None:
        super().__init__(name="postman", daemon=True)
        self._engine, self._server, self._every = engine, server, every
        self._over = Event()

    def run(self) -> None:
        """Until `finish`: what fails here is logged, and the next look may go well."""
        while not self._over.is_set():
            try:
                deliver_waiting(self._engine, self._server)
            except Exception:  # a look that fails must not end those that come after it
                log.exception("outbox")
            self._over.wait(self._every)

    def finish(self) -> None:
        """Stop after the mail that is being sent."""
        self._over.set()
