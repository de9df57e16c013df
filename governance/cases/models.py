"""Cases, the parts that people have in them, and what happened.

Rows are added: what a case is now stands on Case, how it came there in CaseEvent. What people said is in opinions.py, what
was decided in decisions.py, appeals in appeals.py; all are imported here, so that this module knows the whole noun.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.assessments.models import SEVERITIES, Assessment
from governance.cases.appeals import RESULTS, Appeal
from governance.cases.decisions import (
    Countersignature,
    Decision,
    Investigation,
    IssuedDecision,
    Referral,
)
from governance.cases.desk.models import CaseClaim, CaseDeferral, CaseJoin, HelpRequest
from governance.cases.desk.urgency import look_by
from governance.cases.objection.models import Objection
from governance.cases.opinions import OPINION_KINDS, JustCulture, Opinion, Statement
from governance.cases.outcomes import OUTCOMES
from governance.cases.restriction.models import CaseNamed, CaseRestriction
from governance.kernel.database import Base, not_blank, one_of, refuses
from governance.people.models import Person
from governance.posts.models import Post

__all__ = [
    "CLOSURES",
    "GUARDS",
    "OPINION_KINDS",
    "ORIGINS",
    "OUTCOMES",
    "PARTS",
    "RESULTS",
    "ROUTES",
    "STAGES",
    "Appeal",
    "Case",
    "CaseEvent",
    "CaseGuard",
    "CaseNumber",
    "CasePart",
    "Countersignature",
    "Decision",
    "Investigation",
    "IssuedDecision",
    "JustCulture",
    "Opinion",
    "Recusal",
    "Referral",
    "Statement",
]

STAGES = (
    "held",
    "triage",
    "review",
    "reply",
    "decision",
    "countersign",
    "issued",
    "appeal",
    "closed",
)
ORIGINS = ("score", "report", "self_report", "patient_complaint", "regulator_letter")
ROUTES = ("clinical", "hr", "both", "data_protection")
CLOSURES = ("no_concern", "not_theirs", "coaching", "outcome", "speak_up_answered", "joined")
PARTS = ("subject", "reporter", "complainant", "decider", "opinion", "countersign", "appeal")
GUARDS = ("protected_disclosure", "protected_belief", "union_activity", "own_health")


class Case(Base):
    """A concern about one post, worked by named people. `subject` is the post's author.

    `assessment` is the one that opened it and stays; `checks` has those of later versions too. `decision` is the one in
    force, which the author reads; `decisions` has all that were ever written.
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
            "stage NOT IN ('review', 'reply', 'decision', 'countersign', 'issued', 'appeal') "
            "OR (route IS NOT NULL AND decider_id IS NOT NULL)",
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
        Index(
            "ix_case_file_look_by_open",
            "look_by",
            sqlite_where=text("stage <> 'closed'"),
            postgresql_where=text("stage <> 'closed'"),
        ),
        Index("ix_case_file_closed_at", "closed_at"),
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
    look_by: Mapped[datetime]  # where it stands in the queue (cases/desk/urgency.py); kept by _place below
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
    decisions: Mapped[list[Decision]] = relationship(back_populates="case", order_by="Decision.number")
    decision: Mapped[Decision | None] = relationship(
        secondary="issued_decision",
        primaryjoin="and_(Case.id == IssuedDecision.case_id, IssuedDecision.ended_at.is_(None))",
        secondaryjoin="Decision.id == IssuedDecision.decision_id",
        uselist=False,
        viewonly=True,
    )
    countersignatures: Mapped[list[Countersignature]] = relationship(
        primaryjoin="Countersignature.case_id == Case.id",
        foreign_keys="Countersignature.case_id",
        back_populates="case",
        order_by="Countersignature.id",
    )
    restriction: Mapped[CaseRestriction | None] = relationship()
    named: Mapped[list[CaseNamed]] = relationship()
    objections: Mapped[list[Objection]] = relationship(order_by=Objection.id)
    appeal: Mapped[Appeal | None] = relationship(
        primaryjoin="Appeal.case_id == Case.id", foreign_keys="Appeal.case_id", back_populates="case"
    )
    claims: Mapped[list[CaseClaim]] = relationship()
    deferral: Mapped[CaseDeferral | None] = relationship()
    helps: Mapped[list[HelpRequest]] = relationship(order_by=HelpRequest.id)
    joined_into: Mapped[CaseJoin | None] = relationship(foreign_keys=[CaseJoin.case_id])
    joined: Mapped[list[CaseJoin]] = relationship(foreign_keys=[CaseJoin.into_id], order_by=CaseJoin.case_id)

    __mapper_args__: dict[str, Any] = {"version_id_col": version}

    @property
    def checks(self) -> list[Assessment]:
        """What the case stands on: the assessment that opened it, then those of its post until it was closed."""
        until = self.closed_at
        later = [one for one in self.of_post if one.id > self.assessment_id]
        return [self.assessment, *(one for one in later if until is None or one.assessed_at <= until)]


@event.listens_for(Case, "before_insert")
@event.listens_for(Case, "before_update")
def _place(_mapper: object, _connection: object, case: Case) -> None:
    """Whatever changes the harm of a case or its time, its place in the queue follows."""
    case.look_by = look_by(case.severity, case.due_at, case.stage_since)


class CaseNumber(Base):
    """The last case number given in a year; references are CASE-2026-0042."""

    __tablename__ = "case_number"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class CasePart(Base):
    """The one part a person has in a case. The primary key lets nobody have two: a decider wrote no opinion."""

    __tablename__ = "case_part"
    __table_args__ = (one_of("part", PARTS), Index("ix_case_part_person_id", "person_id", "part"))

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
