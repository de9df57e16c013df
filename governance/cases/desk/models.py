"""Who has taken a case up, who put it aside until when, and whose help is asked. What happened stands in the case's events."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.kernel.database import Base, not_blank, one_of
from governance.people.models import Person

CLAIMED = ("holding", "clinical", "hr", "data_protection")
"""What can be taken up: the case itself at its first look, or an opinion that is asked for."""


class CaseClaim(Base):
    """That somebody works on a case now, until `until`: after that anybody with the role may take it up."""

    __tablename__ = "case_claim"
    __table_args__ = (one_of("what", CLAIMED), CheckConstraint("until > claimed_at", name="lasts"))

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    what: Mapped[str] = mapped_column(String(20), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    claimed_at: Mapped[datetime]
    until: Mapped[datetime]
    person: Mapped[Person] = relationship()


class CaseDeferral(Base):
    """That a case is put aside until the day `until` (in London). It ends by itself when the case leaves `stage`."""

    __tablename__ = "case_deferral"
    __table_args__ = (not_blank("reason"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    stage: Mapped[str] = mapped_column(String(20))
    deferred_at: Mapped[datetime]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    person: Mapped[Person] = relationship()


class HelpRequest(Base):
    """A question about a case to a named person, who sees the case until they have answered."""

    __tablename__ = "help_request"
    __table_args__ = (
        not_blank("question"),
        CheckConstraint("asker_id <> asked_id", name="of_somebody_else"),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered_is_whole"),
        Index(
            "ix_help_request_asked_id_open",
            "asked_id",
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    stage: Mapped[str] = mapped_column(String(20))
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    question: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    asker: Mapped[Person] = relationship(foreign_keys=[asker_id])
    asked: Mapped[Person] = relationship(foreign_keys=[asked_id])


class CaseJoin(Base):
    """That a case was closed because another, about the same words of the same author, goes on for both."""

    __tablename__ = "case_join"
    __table_args__ = (CheckConstraint("case_id <> into_id", name="two_cases"), not_blank("reason"))

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    joined_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)


class SavedView(Base):
    """A choice of filters of the queue that a person keeps under a name. `query` is the address's own, after the '?'."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("person_id", "name"), not_blank("name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(500))


class QueueChoice(Base):
    """What a person chose for their queue: whether keys move through it. No row: they do."""

    __tablename__ = "queue_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    keys: Mapped[bool]
