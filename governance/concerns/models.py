"""A concern, what became of it step by step, and whom it touches. It outlives the case in which it was heard."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.cases.models import Case
from governance.kernel import clock
from governance.kernel.database import Base, not_blank, one_of, refuses
from governance.people.models import Person

STEPS = ("passed_on", "done", "told", "note", "closed")


class Concern(Base):
    """What somebody raised, in a guardian's words. Read by guardians whom it does not touch, and by who raised it."""

    __tablename__ = "concern"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_is_whole"),
        CheckConstraint("recorded_by_id <> raised_by_id", name="not_recorded_by_raiser"),
        CheckConstraint("closed_by_id <> raised_by_id", name="not_closed_by_raiser"),
        not_blank("about"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    raised_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    about: Mapped[str] = mapped_column(Text)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id", ondelete="SET NULL"), index=True)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column()

    raised_by: Mapped[Person] = relationship(foreign_keys=[raised_by_id])
    recorded_by: Mapped[Person] = relationship(foreign_keys=[recorded_by_id])
    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id])
    case: Mapped[Case | None] = relationship()
    steps: Mapped[list[ConcernStep]] = relationship(back_populates="concern", order_by="ConcernStep.id")
    touched: Mapped[list[ConcernTouched]] = relationship(back_populates="concern")

    __mapper_args__: dict[str, Any] = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """What people call it, as CON-2026-0003."""
        return f"CON-{clock.local_date(self.recorded_at).year}-{self.id:04d}"


class ConcernStep(Base):
    """One thing that was done about a concern. A row is never changed."""

    __tablename__ = "concern_step"
    __table_args__ = (
        one_of("kind", STEPS),
        CheckConstraint("kind <> 'passed_on' OR to_whom IS NOT NULL", name="passed_on_to_somebody"),
        not_blank("words"),
        refuses("update"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    happened_at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    to_whom: Mapped[str | None] = mapped_column(String(200))
    words: Mapped[str] = mapped_column(Text)
    concern: Mapped[Concern] = relationship(back_populates="steps")
    actor: Mapped[Person] = relationship()


class ConcernTouched(Base):
    """Somebody whom the concern touches: it is about them, or they had reason to mind that it was raised."""

    __tablename__ = "concern_touched"
    __table_args__ = (not_blank("why"),)

    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    why: Mapped[str] = mapped_column(Text)
    named_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    named_at: Mapped[datetime]
    concern: Mapped[Concern] = relationship(back_populates="touched")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    named_by: Mapped[Person] = relationship(foreign_keys=[named_by_id])
