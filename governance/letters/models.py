"""Letters as they were sent, and that somebody has read theirs. Neither is ever changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.cases.models import Case
from governance.kernel.database import Base, not_blank, one_of, refuses
from governance.people.models import Person

LETTER_KINDS = (
    "edit_request",
    "reply_invitation",
    "outcome",
    "appeal_acknowledged",
    "appeal_outcome",
    "coaching_note",
    "reporter_acknowledgement",
)
"""Each has a file of its name in letters/wording/."""


class Letter(Base):
    """One letter in a case. `body` is plain text, as the sender sent it; `edited` says whether they changed the template's.

    One that was sent `while_held` tells that a guardian held the case, and is seen by those alone who may know that.
    """

    __tablename__ = "letter"
    __table_args__ = (
        one_of("kind", LETTER_KINDS),
        not_blank("heading"),
        not_blank("body"),
        CheckConstraint("recipient_id <> sender_id", name="not_to_oneself"),
        refuses("update"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    heading: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    edited: Mapped[bool]
    while_held: Mapped[bool]
    recipient_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    sender_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]
    case: Mapped[Case] = relationship()
    recipient: Mapped[Person] = relationship(foreign_keys=[recipient_id])
    sender: Mapped[Person] = relationship(foreign_keys=[sender_id])
    reading: Mapped[LetterReading | None] = relationship(back_populates="letter")


class LetterReading(Base):
    """That the person a letter is addressed to has opened it, and when they first did."""

    __tablename__ = "letter_reading"
    __table_args__ = (refuses("update"),)

    letter_id: Mapped[int] = mapped_column(
        ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    read_at: Mapped[datetime]
    letter: Mapped[Letter] = relationship(back_populates="reading")
