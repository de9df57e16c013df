"""What was decided: every decision that was written, which of them was issued, and what the second person said.

A decision row is never changed. One that was sent back or taken back stays; which one is in force stands in
IssuedDecision.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.cases.outcomes import OUTCOMES
from governance.kernel.database import Base, not_blank, one_of, refuses
from governance.people.models import Person

if TYPE_CHECKING:
    from governance.cases.models import Case

BASES = ("first", "anew", "settled", "appeal")
ANSWERS = ("agreed", "differed", "stepped_back")
SCHEMES = ("mhps", "local")
REFERRAL_REASONS = ("serious_risk", "not_manageable_locally", "public_confidence")


class Decision(Base):
    """An outcome with written reasons and the sources it stands on; `number` counts those of a case from 1.

    `basis`: the first, decided anew after the second person differed (`changed` says what changed, or why nothing did),
    settled by a third person, or on appeal. `proportionality` holds the form that a guard asks for.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        UniqueConstraint("id", "case_id", "decider_id"),
        Index("ix_decision_decided_at", "decided_at"),
        one_of("outcome", OUTCOMES),
        one_of("basis", BASES),
        not_blank("reasons"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("basis <> 'anew' OR changed IS NOT NULL", name="anew_says_what_changed"),
        CheckConstraint("NOT guarded OR proportionality IS NOT NULL", name="guarded_has_proportionality"),
        refuses("update"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(server_default="1")
    basis: Mapped[str] = mapped_column(String(20), server_default="first")
    decider_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(String(40))
    reasons: Mapped[str] = mapped_column(Text)
    changed: Mapped[str | None] = mapped_column(Text)
    sources: Mapped[list[str]] = mapped_column(JSON)
    guarded: Mapped[bool] = mapped_column(default=False)
    proportionality: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    decided_at: Mapped[datetime]
    case: Mapped[Case] = relationship(back_populates="decisions")
    decider: Mapped[Person] = relationship()
    issued: Mapped[IssuedDecision | None] = relationship(back_populates="decision")
    investigation: Mapped[Investigation | None] = relationship(back_populates="decision")
    referral: Mapped[Referral | None] = relationship(back_populates="decision")


class IssuedDecision(Base):
    """That a decision was given to the author, and until when it was in force (`ended_at` null: it is)."""

    __tablename__ = "issued_decision"
    __table_args__ = (
        Index(
            "uq_issued_decision_case_id_in_force",
            "case_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    issued_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    decision: Mapped[Decision] = relationship(back_populates="issued")


class Countersignature(Base):
    """What a second person says of one decision before it is issued; never its decider.

    A `blind` one is written (`outcome`, `reasons`) before its reviewer may read the decision. `answer` follows: agreed,
    differed, or stepped back, with a `comment` on what was read then. Written rows stay, so that agreement can be counted.
    """

    __tablename__ = "countersignature"
    __table_args__ = (
        ForeignKeyConstraint(
            ["decision_id", "case_id", "decider_id"],
            ["decision.id", "decision.case_id", "decision.decider_id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("decision_id", "reviewer_id"),
        one_of("outcome", OUTCOMES),
        one_of("answer", ANSWERS),
        CheckConstraint("reviewer_id <> decider_id", name="another_person"),
        CheckConstraint(
            "(written_at IS NULL) = (outcome IS NULL) AND (written_at IS NULL) = (reasons IS NULL)",
            name="written_is_whole",
        ),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_has_its_time"),
        CheckConstraint(
            "answer IS NULL OR answer = 'stepped_back' OR written_at IS NOT NULL",
            name="answer_after_own_opinion",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(index=True)
    decision_id: Mapped[int]
    decider_id: Mapped[int]
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    blind: Mapped[bool]
    asked_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(40))
    reasons: Mapped[str | None] = mapped_column(Text)
    written_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(20))
    comment: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    case: Mapped[Case] = relationship(
        primaryjoin="Countersignature.case_id == Case.id",
        foreign_keys="Countersignature.case_id",
        back_populates="countersignatures",
    )
    decision: Mapped[Decision] = relationship(
        primaryjoin="Countersignature.decision_id == Decision.id",
        foreign_keys="Countersignature.decision_id",
    )
    reviewer: Mapped[Person] = relationship(foreign_keys=[reviewer_id])


class Investigation(Base):
    """Who does what in a formal investigation: three different people under MHPS, two elsewhere."""

    __tablename__ = "investigation"
    __table_args__ = (
        one_of("scheme", SCHEMES),
        not_blank("terms"),
        CheckConstraint(
            "(scheme = 'mhps') = (designated_member_id IS NOT NULL)", name="mhps_has_designated_member"
        ),
        CheckConstraint(
            "case_manager_id <> investigator_id AND (designated_member_id IS NULL OR "
            "(designated_member_id <> case_manager_id AND designated_member_id <> investigator_id))",
            name="different_people",
        ),
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True)
    scheme: Mapped[str] = mapped_column(String(20))
    case_manager_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    investigator_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    designated_member_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    terms: Mapped[str] = mapped_column(Text)
    decision: Mapped[Decision] = relationship(back_populates="investigation")
    case_manager: Mapped[Person] = relationship(foreign_keys=[case_manager_id])
    investigator: Mapped[Person] = relationship(foreign_keys=[investigator_id])
    designated_member: Mapped[Person | None] = relationship(foreign_keys=[designated_member_id])


class Referral(Base):
    """Whether the regulator is told, and why or why not; whom at the regulator it was talked over with first."""

    __tablename__ = "referral"
    __table_args__ = (
        one_of("reason", REFERRAL_REASONS),
        not_blank("why"),
        CheckConstraint("NOT refer OR (reason IS NOT NULL AND talked_to IS NOT NULL)", name="refer_is_whole"),
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True)
    regulator: Mapped[str | None] = mapped_column(String(20))
    refer: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(40))
    talked_to: Mapped[str | None] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    decision: Mapped[Decision] = relationship(back_populates="referral")
