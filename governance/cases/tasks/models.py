"""What has to be done beside a case, by whom, and what was done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.cases.models import Case
from governance.kernel.database import Base, one_of
from governance.people.models import Person

if TYPE_CHECKING:
    from governance.cases.clocks.models import Clock

TASK_KINDS = ("takedown", "data_breach", "patient_notification", "referral_advice")
TASK_STATES = ("open", "done", "cancelled")
REPORT_DECISIONS = ("reported", "not_reported")


class CaseTask(Base):
    """One thing to do beside a case. `aware_at` is when the organisation knew of what the task is about.

    A personal-data breach is only done with a decision to report it or not, and its reasons; one that is reported has
    a reference, and one that is decided after 72 hours says why (UK GDPR, article 33(1) and (5)).
    """

    __tablename__ = "case_task"
    __table_args__ = (
        one_of("kind", TASK_KINDS),
        one_of("state", TASK_STATES),
        one_of("report", REPORT_DECISIONS),
        CheckConstraint(
            "(state = 'open') = (ended_at IS NULL) AND (state = 'open') = (ended_by_id IS NULL) "
            "AND (state = 'open') = (words IS NULL)",
            name="ended_is_whole",
        ),
        CheckConstraint("words IS NULL OR trim(words) <> ''", name="words_not_blank"),
        CheckConstraint(
            "report IS NULL OR (kind = 'data_breach' AND state = 'done')", name="report_of_a_breach"
        ),
        CheckConstraint(
            "kind <> 'data_breach' OR state <> 'done' OR report IS NOT NULL", name="breach_has_decision"
        ),
        CheckConstraint(
            "report IS NULL OR (report = 'reported') = (report_reference IS NOT NULL)",
            name="reported_has_reference",
        ),
        CheckConstraint("opened_by_id IS NULL OR why IS NOT NULL", name="opened_by_hand_says_why"),
        Index(
            "uq_case_task_case_id_kind_open",
            "case_id",
            "kind",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_case_task_case_id", "case_id"),
        Index("ix_case_task_state_kind", "state", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20), default="open")
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    why: Mapped[str | None] = mapped_column(Text)
    aware_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str | None] = mapped_column(Text)
    report: Mapped[str | None] = mapped_column(String(20))
    report_reference: Mapped[str | None] = mapped_column(String(200))
    delay_reasons: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()
    case: Mapped[Case] = relationship()
    assignee: Mapped[Person | None] = relationship(foreign_keys=[assignee_id])
    opened_by: Mapped[Person | None] = relationship(foreign_keys=[opened_by_id])
    ended_by: Mapped[Person | None] = relationship(foreign_keys=[ended_by_id])
    clock: Mapped[Clock] = relationship(back_populates="task")

    __mapper_args__: dict[str, Any] = {"version_id_col": version}
