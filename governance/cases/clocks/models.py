"""A clock for each visit of a case to a stage and for each task: when it is due, when it stood still, what came of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
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

from governance.cases.clocks.calendars import DIVISIONS
from governance.cases.clocks.timing import UNITS
from governance.cases.models import Case
from governance.cases.tasks.models import CaseTask
from governance.kernel.database import Base, not_blank, one_of
from governance.people.models import Person

CLOCK_OUTCOMES = ("met", "missed")
NOTICE_KINDS = ("warning", "escalation")


class Clock(Base):
    """How long one visit to a stage, or one task, may take. `target` counts `unit`s on the calendar of `nation`.

    `due_at` and `warn_at` are empty while it stands still. What has stopped stays, so that years later can be read how
    long things took. Once a day is on the row the setting may change: the row keeps what held when it began.
    """

    __tablename__ = "clock"
    __table_args__ = (
        one_of("unit", UNITS),
        one_of("nation", tuple(DIVISIONS)),
        one_of("outcome", CLOCK_OUTCOMES),
        CheckConstraint("(stage IS NULL) <> (task_id IS NULL)", name="of_stage_or_task"),
        CheckConstraint("target > 0 AND warn >= 0 AND warn <= target", name="target_positive"),
        CheckConstraint("(due_at IS NULL) = (warn_at IS NULL)", name="due_with_warning"),
        CheckConstraint("(stopped_at IS NULL) = (outcome IS NULL)", name="stopped_has_outcome"),
        CheckConstraint(
            "stopped_at IS NULL OR (stopped_at >= started_at AND due_at IS NOT NULL)", name="stopped_is_whole"
        ),
        CheckConstraint("pausable OR due_at IS NOT NULL", name="never_paused_is_due"),
        UniqueConstraint("id", "pausable"),
        Index(
            "uq_clock_case_id_running",
            "case_id",
            unique=True,
            sqlite_where=text("stopped_at IS NULL AND task_id IS NULL"),
            postgresql_where=text("stopped_at IS NULL AND task_id IS NULL"),
        ),
        Index("ix_clock_case_id", "case_id"),
        Index("ix_clock_stopped_at_warn_at", "stopped_at", "warn_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("case_task.id", ondelete="CASCADE"), unique=True)
    stage: Mapped[str | None] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(20))
    target: Mapped[int]
    warn: Mapped[int]
    nation: Mapped[str] = mapped_column(String(20))
    starts: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(500))
    pausable: Mapped[bool]
    started_at: Mapped[datetime]
    warn_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(10))
    warned_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    case: Mapped[Case] = relationship()
    task: Mapped[CaseTask | None] = relationship(back_populates="clock")
    pauses: Mapped[list[ClockPause]] = relationship(back_populates="clock", order_by="ClockPause.id")
    notices: Mapped[list[ClockNotice]] = relationship(back_populates="clock", order_by="ClockNotice.id")


class ClockPause(Base):
    """A time in which a clock stood still, and why. The second foreign key lets none belong to a clock that never does."""

    __tablename__ = "clock_pause"
    __table_args__ = (
        not_blank("reason"),
        CheckConstraint("pausable", name="only_pausable"),
        CheckConstraint("resumed_at IS NULL OR resumed_at >= paused_at", name="never_negative"),
        ForeignKeyConstraint(["clock_id", "pausable"], ["clock.id", "clock.pausable"], ondelete="CASCADE"),
        Index(
            "uq_clock_pause_clock_id_open",
            "clock_id",
            unique=True,
            sqlite_where=text("resumed_at IS NULL"),
            postgresql_where=text("resumed_at IS NULL"),
        ),
        Index("ix_clock_pause_clock_id", "clock_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    clock_id: Mapped[int]
    pausable: Mapped[bool] = mapped_column(default=True)
    paused_at: Mapped[datetime]
    paused_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)
    resumed_at: Mapped[datetime | None]
    resumed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    resumed_reason: Mapped[str | None] = mapped_column(Text)
    clock: Mapped[Clock] = relationship(back_populates="pauses")
    paused_by: Mapped[Person] = relationship(foreign_keys=[paused_by_id])
    resumed_by: Mapped[Person | None] = relationship(foreign_keys=[resumed_by_id])


class ClockNotice(Base):
    """That a person was told that a clock runs out soon (a warning), or has run out (an escalation): once of each."""

    __tablename__ = "clock_notice"
    __table_args__ = (one_of("kind", NOTICE_KINDS), UniqueConstraint("clock_id", "kind", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("clock.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    told_at: Mapped[datetime]
    clock: Mapped[Clock] = relationship(back_populates="notices")
    person: Mapped[Person] = relationship()
