"""Cases and what people say in them.

Rows are added: what a case is now stands on Case, how it came there in CaseEvent.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.assessments.models import SEVERITIES, Assessment
from governance.kernel.database import Base, not_blank, one_of, refuses
from governance.people.models import Person
from governance.posts.models import Post

STAGES = ("held", "triage", "review", "reply", "decision", "issued", "closed")
ORIGINS = ("score", "report", "self_report", "patient_complaint", "regulator_letter")
ROUTES = ("clinical", "hr", "both", "data_protection")
OPINION_KINDS = ("clinical", "hr", "data_protection")
CLOSURES = ("no_concern", "not_theirs", "coaching", "outcome", "speak_up_answered")
OUTCOMES = (
    "no_action",
    "supportive_conversation",
    "reflection",
    "learning",
    "edit_or_takedown",
    "declaration_of_interest",
    "informal_resolution",
)
"""Informal outcomes only: a formal one needs a second person, who comes with the countersign stage."""
PARTS = ("subject", "reporter", "decider", "opinion")
GUARDS = ("protected_disclosure", "protected_belief", "union_activity", "own_health")


class Case(Base):
    """A concern about one post, worked by named people. `subject` is the post's author.

    `assessment` is the one that opened it and stays; `checks` has those of later versions too.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        one_of("stage", STAGES),
        one_of("origin", ORIGINS),
        one_of("severity", SEVERITIES),
        one_of("suggested_route", ROUTES),
        one_of("route", ROUTES),
        one_of("closure", CLOSURES),
        CheckConstraint("holder_id <> subject_id", name="not_held_by_subject"),
        CheckConstraint("decider_id <> subject_id", name="not_decided_by_subject"),
        CheckConstraint(
            "stage NOT IN ('review', 'reply', 'decision', 'issued') OR (route IS NOT NULL AND decider_id IS NOT NULL)",
            name="review_has_route_and_decider",
        ),
        CheckConstraint(
            "(stage = 'closed') = (closed_at IS NOT NULL) AND (stage = 'closed') = (closure IS NOT NULL)",
            name="closed_is_whole",
        ),
        Index(
            "uq_case_file_post_id_open",
            "post_id",
            unique=True,
            sqlite_where=text("stage <> 'closed'"),
            postgresql_where=text("stage <> 'closed'"),
        ),
        Index("ix_case_file_stage_severity", "stage", "severity"),
        Index("ix_case_file_stage_due_at", "stage", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    origin: Mapped[str] = mapped_column(String(20))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    stage: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(20))
    suggested_route: Mapped[str] = mapped_column(String(20))
    route: Mapped[str | None] = mapped_column(String(20))
    opened_at: Mapped[datetime] = mapped_column(index=True)
    stage_since: Mapped[datetime]
    due_at: Mapped[datetime | None]  # what the running clock of its stage says (cases/clocks)
    paused_since: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closure: Mapped[str | None] = mapped_column(String(20))
    version: Mapped[int] = mapped_column()

    post: Mapped[Post] = relationship()
    assessment: Mapped[Assessment] = relationship()
    of_post: Mapped[list[Assessment]] = relationship(
        secondary="post_version",
        primaryjoin="Case.post_id == PostVersion.post_id",
        secondaryjoin="PostVersion.id == Assessment.post_version_id",
        order_by="Assessment.id",
        viewonly=True,
    )
    subject: Mapped[Person] = relationship(foreign_keys=[subject_id])
    holder: Mapped[Person] = relationship(foreign_keys=[holder_id])
    decider: Mapped[Person | None] = relationship(foreign_keys=[decider_id])
    parts: Mapped[list[CasePart]] = relationship(back_populates="case")
    guards: Mapped[list[CaseGuard]] = relationship(back_populates="case")
    events: Mapped[list[CaseEvent]] = relationship(back_populates="case", order_by="CaseEvent.id")
    opinions: Mapped[list[Opinion]] = relationship(back_populates="case", order_by="Opinion.id")
    statements: Mapped[list[Statement]] = relationship(back_populates="case", order_by="Statement.id")
    recusals: Mapped[list[Recusal]] = relationship(back_populates="case", order_by="Recusal.id")
    decision: Mapped[Decision | None] = relationship(back_populates="case")

    __mapper_args__: dict[str, Any] = {"version_id_col": version}

    @property
    def checks(self) -> list[Assessment]:
        """What the case stands on: the assessment that opened it, then those of its post until it was closed."""
        until = self.closed_at
        later = [one for one in self.of_post if one.id > self.assessment_id]
        return [self.assessment, *(one for one in later if until is None or one.assessed_at <= until)]


class CaseNumber(Base):
    """The last case number given in a year; references are CASE-2026-0042."""

    __tablename__ = "case_number"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class CasePart(Base):
    """The one part a person has in a case. The primary key lets nobody have two: a decider wrote no opinion."""

    __tablename__ = "case_part"
    __table_args__ = (one_of("part", PARTS),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(20))
    case: Mapped[Case] = relationship(back_populates="parts")
    person: Mapped[Person] = relationship()


class CaseGuard(Base):
    """A guard on a case.

    Seen by author, guardian, HR, decider and data protection; never in lists, exports or trends.
    """

    __tablename__ = "case_guard"
    __table_args__ = (one_of("guard", GUARDS),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    guard: Mapped[str] = mapped_column(String(40), primary_key=True)
    spans: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    case: Mapped[Case] = relationship(back_populates="guards")


class CaseEvent(Base):
    """What happened in a case: who, when, what changed from what to what, and why.

    `version` is the case's version that the event made: what a person who saw version n has not seen stands above n.
    """

    __tablename__ = "case_event"
    __table_args__ = (refuses("update"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    happened_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verb: Mapped[str] = mapped_column(String(40))
    field: Mapped[str | None] = mapped_column(String(40))
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(server_default="1")
    case: Mapped[Case] = relationship(back_populates="events")
    actor: Mapped[Person | None] = relationship()


class Opinion(Base):
    """What a clinical lead, HR or data protection thinks: side by side as rows, asked for at triage, written later."""

    __tablename__ = "opinion"
    __table_args__ = (
        UniqueConstraint("case_id", "kind"),
        one_of("kind", OPINION_KINDS),
        one_of("seriousness", SEVERITIES),
        CheckConstraint(
            "(written_at IS NULL) = (author_id IS NULL) AND (written_at IS NULL) = (seriousness IS NULL) "
            "AND (written_at IS NULL) = (findings IS NULL)",
            name="written_is_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    seriousness: Mapped[str | None] = mapped_column(String(20))
    findings: Mapped[str | None] = mapped_column(Text)
    mitigation: Mapped[str | None] = mapped_column(Text)
    sources: Mapped[list[str] | None] = mapped_column(JSON)
    written_at: Mapped[datetime | None]
    case: Mapped[Case] = relationship(back_populates="opinions")
    author: Mapped[Person | None] = relationship()


class Statement(Base):
    """What the author answers, alone or with a companion or union representative."""

    __tablename__ = "statement"
    __table_args__ = (not_blank("text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    companion: Mapped[str | None] = mapped_column(String(200))
    written_at: Mapped[datetime]
    case: Mapped[Case] = relationship(back_populates="statements")
    author: Mapped[Person] = relationship()


class Decision(Base):
    """The outcome, with written reasons and the sources it stands on. One a case; a row is never changed.

    `proportionality` holds the form that a guard asks for: tone, reach, capacity, remorse, role, harm, lesser step.
    """

    __tablename__ = "decision"
    __table_args__ = (
        one_of("outcome", OUTCOMES),
        not_blank("reasons"),
        CheckConstraint("NOT guarded OR proportionality IS NOT NULL", name="guarded_has_proportionality"),
        refuses("update"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), unique=True)
    decider_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(String(40))
    reasons: Mapped[str] = mapped_column(Text)
    sources: Mapped[list[str]] = mapped_column(JSON)
    guarded: Mapped[bool] = mapped_column(default=False)
    proportionality: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    decided_at: Mapped[datetime]
    case: Mapped[Case] = relationship(back_populates="decision")
    decider: Mapped[Person] = relationship()


class Recusal(Base):
    """That a person steps back, or is kept, from a case, and why."""

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("case_id", "person_id"), not_blank("reason"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)
    declared_at: Mapped[datetime]
    case: Mapped[Case] = relationship(back_populates="recusals")
    person: Mapped[Person] = relationship()
