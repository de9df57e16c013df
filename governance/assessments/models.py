"""Assessments: the engine's answer on one version of a post, kept as it was that day and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.kernel.database import Base, one_of, refuses
from governance.posts.models import PostVersion

SEVERITIES = ("none", "low", "medium", "high", "critical")


class Assessment(Base):
    """One scoring of one version by one rulebook. Guards are not here: see cases.CaseGuard.

    `details` holds the rest of the explanation as JSON: categories with scores, what was not applied and why, the
    jigsaw arithmetic, and the ids of the author's earlier posts that were read for it.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("post_version_id", "rulebook", "engine"),
        one_of("severity", SEVERITIES),
        CheckConstraint("score BETWEEN 0 AND 100", name="score_range"),
        refuses("update"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_version_id: Mapped[int] = mapped_column(ForeignKey("post_version.id", ondelete="CASCADE"))
    rulebook: Mapped[str] = mapped_column(String(80))
    engine: Mapped[str] = mapped_column(String(40))
    score: Mapped[int]
    severity: Mapped[str] = mapped_column(String(20), index=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    assessed_at: Mapped[datetime]

    post_version: Mapped[PostVersion] = relationship()
    findings: Mapped[list[Finding]] = relationship(
        back_populates="assessment", order_by="Finding.position", cascade="all, delete-orphan"
    )
    categories: Mapped[list[AssessmentCategory]] = relationship(cascade="all, delete-orphan")
    benefits: Mapped[list[AssessmentBenefit]] = relationship(cascade="all, delete-orphan")


class Finding(Base):
    """One rule that fired, with the words it stands on.

    `starts` and `ends` count code points of the version's text, half-open.
    """

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("assessment_id", "position"),
        one_of("severity", SEVERITIES),
        CheckConstraint("0 <= starts AND starts <= ends", name="span_ordered"),
        refuses("update"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"))
    position: Mapped[int]
    rule: Mapped[str] = mapped_column(String(120), index=True)
    category: Mapped[str] = mapped_column(String(40))
    severity: Mapped[str] = mapped_column(String(20))
    starts: Mapped[int]
    ends: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)
    advice: Mapped[str] = mapped_column(Text)
    cites: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    mitigation: Mapped[str | None] = mapped_column(Text)
    assessment: Mapped[Assessment] = relationship(back_populates="findings")


class AssessmentCategory(Base):
    """A category that applied, with its own severity and score: what the trends count."""

    __tablename__ = "assessment_category"
    __table_args__ = (
        one_of("severity", SEVERITIES),
        Index("ix_assessment_category_category_severity", "category", "severity"),
    )

    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
    )
    category: Mapped[str] = mapped_column(String(40), primary_key=True)
    severity: Mapped[str] = mapped_column(String(20))
    score: Mapped[int]


class AssessmentBenefit(Base):
    """A good that the post does, counted beside risk."""

    __tablename__ = "assessment_benefit"

    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
    )
    benefit: Mapped[str] = mapped_column(String(40), primary_key=True)
