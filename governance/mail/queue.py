"""The outbox as a queue: a mail is claimed by lease, and is sent, waits for another try, or is given up.

A sender that dies between the hand-over and its note leaves the mail to be sent once more: the Message-ID is the same,
so that a mail server can tell.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from governance.kernel import clock
from governance.mail.models import OutgoingMail

LEASE = timedelta(minutes=10)
"""How long a sender keeps a mail. Longer than a slow mail server takes to answer each of its steps."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
"""Before the second try, the third, and so on; after the last one a mail is given up."""
STALE = timedelta(days=7)
"""A mail that waited longer is dropped: what it told of is long seen, or the mail server was set only now."""


def claim_mail(session: Session, holder: str) -> OutgoingMail | None:
    """Take the mail that waits longest, for `holder`; None where none is due."""
    first = select(OutgoingMail.id).where(_due()).order_by(OutgoingMail.next_try_at, OutgoingMail.id).limit(1)
    return session.scalar(
        update(OutgoingMail)
        .where(OutgoingMail.id == first.with_for_update(skip_locked=True).scalar_subquery())
        .values(
            state="sending",
            holder=holder,
            lease_until=clock.now() + LEASE,
            attempts=OutgoingMail.attempts + 1,
            error=None,
        )
        .returning(OutgoingMail)
        .execution_options(synchronize_session=False, populate_existing=True)
    )


def _due() -> ColumnElement[bool]:
    now = clock.now()
    return or_(
        and_(OutgoingMail.state == "waiting", OutgoingMail.next_try_at <= now),
        and_(OutgoingMail.state == "sending", OutgoingMail.lease_until < now),
    )


def note_sent(session: Session, mail: OutgoingMail, holder: str) -> None:
    """The mail server has it."""
    _settle(session, mail, holder, state="sent", sent_at=clock.now())


def note_dropped(session: Session, mail: OutgoingMail, holder: str, why: str) -> None:
    """It is not sent, and nobody needs to look at it."""
    _settle(session, mail, holder, state="dropped", error=why)


def note_failed(session: Session, mail: OutgoingMail, holder: str, why: str) -> None:
    """It cannot be sent: the administrator sees why."""
    _settle(session, mail, holder, state="failed", error=why)


def note_try_again(session: Session, mail: OutgoingMail, holder: str, why: str) -> str:
    """It waits for its next try, or is given up after the last one. The state that it has now."""
    if mail.attempts > len(PAUSES):
        note_failed(session, mail, holder, f"{why} Given up after {mail.attempts} tries.")
        return "failed"
    pause = PAUSES[mail.attempts - 1]
    _settle(session, mail, holder, state="waiting", error=why, next_try_at=clock.now() + pause)
    return "waiting"


def _settle(session: Session, mail: OutgoingMail, holder: str, **values: object) -> None:
    """Only who holds it says what became of it: another sender may have taken it up meanwhile."""
    session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.id == mail.id, OutgoingMail.holder == holder, OutgoingMail.state == "sending")
        .values(lease_until=None, holder=None, **values)
        .execution_options(synchronize_session=False)
    )


def counts_by_state(session: Session) -> dict[str, int]:
    """How many mails are in each state."""
    query = select(OutgoingMail.state, func.count()).group_by(OutgoingMail.state)
    return dict(session.execute(query).all())
