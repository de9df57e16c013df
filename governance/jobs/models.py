"""Jobs: work that a verb asks for in its own transaction, and a runner claims by lease after the commit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.database import Base, one_of

JOB_STATES = ("waiting", "running", "done", "failed")


class JobRow(Base):
    """One piece of work. A runner that dies lets its lease run out, and another takes the job up again.

    `holder` names the process that holds it, as host:number, so that one on the same machine need not wait for the dead.
    """

    __tablename__ = "job"
    __table_args__ = (
        one_of("state", JOB_STATES),
        CheckConstraint("(state = 'running') = (lease_until IS NOT NULL)", name="running_has_lease"),
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        Index("ix_job_state_lease_until", "state", "lease_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    holder: Mapped[str | None] = mapped_column(String(200))
    error: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
