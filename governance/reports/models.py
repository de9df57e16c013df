"""Reports of posts, and the pictures of what was seen. A report outlives the case that it led to, or led to none."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.accounts.models import SocialAccount
from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.assessments.models import SEVERITIES
from governance.cases.models import ORIGINS, Case
from governance.kernel import clock
from governance.kernel.database import Base, not_blank, one_of, refuses
from governance.kernel.text import LONGEST_POST
from governance.people.models import Person

WAYS = tuple(origin for origin in ORIGINS if origin != "score")
FROM_OUTSIDE = ("patient_complaint", "regulator_letter")
"""Ways in which somebody of ours writes down what came from outside; the others report for themselves."""
STATES = ("waiting", "in_case", "set_aside")
DESKS = ("hr", "guardian")


class Report(Base):
    """Somebody says that a post worries them: whose, where, when, the words, and why.

    `person` is whom it is about; None where the reporter is not sure, until somebody has found out. A report that waits
    lies on a desk: with HR, or with the speak-up guardian where its words may raise a concern. `severity` and `score`
    (0 to 100) are what the engine said of the words when the report came.
    """

    __tablename__ = "report"
    __table_args__ = (
        one_of("way", WAYS),
        one_of("state", STATES),
        one_of("desk", DESKS),
        one_of("platform", list(PLATFORMS)),
        one_of("audience", list(AUDIENCES)),
        one_of("severity", SEVERITIES),
        CheckConstraint("(state = 'in_case') = (case_id IS NOT NULL)", name="in_case_has_case"),
        CheckConstraint("state <> 'in_case' OR person_id IS NOT NULL", name="in_case_has_person"),
        CheckConstraint("state <> 'set_aside' OR handled_by_id IS NOT NULL", name="set_aside_by_somebody"),
        CheckConstraint("(handled_by_id IS NULL) = (handled_at IS NULL)", name="handled_is_whole"),
        CheckConstraint("handled_by_id <> person_id", name="not_handled_by_subject"),
        CheckConstraint("complainant_id <> person_id", name="complainant_is_another"),
        CheckConstraint("way <> 'self_report' OR person_id = made_by_id", name="self_report_is_own"),
        CheckConstraint(
            "(way IN ('patient_complaint', 'regulator_letter')) = (from_whom IS NOT NULL)",
            name="from_outside_has_name",
        ),
        CheckConstraint(f"length(text) <= {LONGEST_POST}", name="text_length"),
        not_blank("text"),
        not_blank("worry"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    way: Mapped[str] = mapped_column(String(20))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    may_name: Mapped[bool] = mapped_column(default=False)
    from_whom: Mapped[str | None] = mapped_column(String(200))
    their_reference: Mapped[str | None] = mapped_column(String(100))
    complainant_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("social_account.id"))
    about_whom: Mapped[str | None] = mapped_column(Text)
    platform: Mapped[str] = mapped_column(String(20))
    audience: Mapped[str | None] = mapped_column(String(20))
    url: Mapped[str | None] = mapped_column(String(1000))
    posted_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    worry: Mapped[str] = mapped_column(Text)
    severity: Mapped[str] = mapped_column(String(20))
    score: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), index=True)
    desk: Mapped[str] = mapped_column(String(20))
    reviewed_before: Mapped[bool] = mapped_column(default=False)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    handled_at: Mapped[datetime | None]
    handled_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])
    complainant: Mapped[Person | None] = relationship(foreign_keys=[complainant_id])
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    handled_by: Mapped[Person | None] = relationship(foreign_keys=[handled_by_id])
    account: Mapped[SocialAccount | None] = relationship()
    case: Mapped[Case | None] = relationship()
    evidence: Mapped[list[ReportEvidence]] = relationship(
        back_populates="report", order_by="ReportEvidence.id", cascade="all, delete-orphan"
    )

    __mapper_args__: dict[str, Any] = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """What people call it, as REP-2026-0007."""
        return f"REP-{clock.local_date(self.made_at).year}-{self.id:04d}"

    @property
    def reporter(self) -> Person | None:
        """Who reported for themselves; None where somebody wrote down what came from outside."""
        return None if self.way in FROM_OUTSIDE else self.made_by


class ReportEvidence(Base):
    """A picture or PDF of what was seen, kept as it came and known by its SHA-256."""

    __tablename__ = "report_evidence"
    __table_args__ = (UniqueConstraint("report_id", "sha256"), refuses("update"))

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    report: Mapped[Report] = relationship(back_populates="evidence")
    added_by: Mapped[Person] = relationship()
