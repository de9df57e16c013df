"""An objection, and how it was decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.kernel.database import Base, not_blank
from governance.people.models import Person


class Objection(Base):
    """The author says why `person` should not act in the case. Somebody else decides it, in writing, either way."""

    __tablename__ = "objection"
    __table_args__ = (
        UniqueConstraint("case_id", "person_id"),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (upheld IS NULL) "
            "AND (decided_at IS NULL) = (answer IS NULL)",
            name="decided_is_whole",
        ),
        CheckConstraint("decided_by_id <> person_id", name="not_decided_by_themselves"),
        CheckConstraint("decided_by_id <> raised_by_id", name="not_decided_by_author"),
        CheckConstraint("person_id <> raised_by_id", name="objects_to_another"),
        not_blank("reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    raised_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    upheld: Mapped[bool | None]
    answer: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    raised_by: Mapped[Person] = relationship(foreign_keys=[raised_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
