"""The outbox: one row a mail that somebody is owed. Neither the address nor any words are kept in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.kernel.database import Base, one_of
from governance.people.models import Person

MAIL_STATES = ("waiting", "sending", "sent", "failed", "dropped")
MAIL_KINDS = ("letter", "task", "reminder")
"""Each has its words in mail/wording.py. None says what it is about."""


class OutgoingMail(Base):
    """A mail to one person. The address is read from the person when it is sent, the words from its kind.

    `dedupe_key` lets nothing be told twice. A sender that dies lets its lease run out, and another takes it up again.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        one_of("state", MAIL_STATES),
        one_of("kind", MAIL_KINDS),
        CheckConstraint("(state = 'sending') = (lease_until IS NOT NULL)", name="sending_has_lease"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_is_dated"),
        CheckConstraint("state NOT IN ('failed', 'dropped') OR error IS NOT NULL", name="unsent_says_why"),
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        Index("ix_outgoing_mail_state_next_try_at", "state", "next_try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    holder: Mapped[str | None] = mapped_column(String(200))
    error: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()
