"""Appeals: what the author says is wrong with a decision, what its decider answers, and what somebody new decides."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.cases.decisions import Decision
from governance.kernel.database import Base, not_blank, one_of
from governance.people.models import Person

if TYPE_CHECKING:
    from governance.cases.models import Case

RESULTS = ("upheld", "varied", "overturned")


class Appeal(Base):
    """One appeal a case, heard by somebody who has not acted in it. The decision that takes the old one's place is
    `new_decision`; where the old one is upheld there is none.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["decision_id", "case_id", "decider_id"],
            ["decision.id", "decision.case_id", "decision.decider_id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("case_id"),
        one_of("result", RESULTS),
        not_blank("grounds"),
        CheckConstraint("hearer_id <> decider_id", name="heard_by_another"),
        CheckConstraint(
            "(result IS NULL) = (decided_at IS NULL) AND (result IS NULL) = (reasons IS NULL) "
            "AND (result IS NULL OR hearer_id IS NOT NULL)",
            name="decided_is_whole",
        ),
        CheckConstraint(
            "(new_decision_id IS NOT NULL) = (result IS NOT NULL AND result <> 'upheld')",
            name="new_decision_unless_upheld",
        ),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_has_its_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    decision_id: Mapped[int]
    decider_id: Mapped[int]
    hearer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    grounds: Mapped[str] = mapped_column(Text)
    companion: Mapped[str | None] = mapped_column(String(200))
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(String(20))
    reasons: Mapped[str | None] = mapped_column(Text)
    conditions: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None]
    new_decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    case: Mapped[Case] = relationship(
        primaryjoin="Appeal.case_id == Case.id", foreign_keys="Appeal.case_id", back_populates="appeal"
    )
    decision: Mapped[Decision] = relationship(
        primaryjoin="Appeal.decision_id == Decision.id", foreign_keys="Appeal.decision_id"
    )
    new_decision: Mapped[Decision | None] = relationship(foreign_keys=[new_decision_id])
    hearer: Mapped[Person | None] = relationship(foreign_keys=[hearer_id])
