"""Versions of an organisation's own rules. A version's text is never changed; what became of it is added as steps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.kernel.database import Base, not_blank, one_of, refuses
from governance.people.models import Person

STATUSES = ("draft", "shadow", "proposed", "published", "superseded")


class OrganisationRulebook(Base):
    """One version: TOML laid over the shipped rulebook (guidance/overlay.py), who wrote it and why."""

    __tablename__ = "organisation_rulebook"
    __table_args__ = (
        CheckConstraint("number > 0", name="number_positive"),
        not_blank("reason"),
        refuses("update", "delete"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    toml: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    written_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)

    written_by: Mapped[Person] = relationship()
    steps: Mapped[list[RulebookStep]] = relationship(back_populates="rulebook", order_by="RulebookStep.id")

    @property
    def status(self) -> str:
        """Where it stands: the status of its last step."""
        return self.steps[-1].status


class RulebookStep(Base):
    """What became of a version: its status from then on, who made it so, when and why."""

    __tablename__ = "organisation_rulebook_step"
    __table_args__ = (
        one_of("status", STATUSES),
        not_blank("reason"),
        refuses("update", "delete"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rulebook_id: Mapped[int] = mapped_column(ForeignKey("organisation_rulebook.id"), index=True)
    status: Mapped[str] = mapped_column(String(20), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    happened_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)

    rulebook: Mapped[OrganisationRulebook] = relationship(back_populates="steps")
    person: Mapped[Person] = relationship()
