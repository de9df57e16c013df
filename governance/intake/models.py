"""Import runs: which file was read for which account, how far, and what could not be read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.accounts.models import SocialAccount
from governance.kernel.database import Base, one_of

RUN_STATES = ("running", "done", "failed")


class ImportRun(Base):
    """One reading of one file. The same file for the same account continues its earlier run: nothing comes twice.

    `done_lines` counts the entries that are committed; the other figures are those of the newest reading, but `added`,
    `changed` and `cases`, which are of all. `unreadable` lists {line, error} of the first that could not be read, of
    `unreadable_count`; `left_out` counts by reason what is no post of theirs; `assumed_utc` times that said no zone.
    """

    __tablename__ = "import_run"
    __table_args__ = (
        UniqueConstraint("account_id", "sha256"),
        one_of("state", RUN_STATES),
        CheckConstraint("(state = 'running') = (finished_at IS NULL)", name="finished_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("social_account.id"))
    file_name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64))
    reader: Mapped[str] = mapped_column(String(40))
    open_cases: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(20), default="running")
    done_lines: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    known: Mapped[int] = mapped_column(default=0)
    cases: Mapped[int] = mapped_column(default=0)
    assumed_utc: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    unreadable_count: Mapped[int] = mapped_column(default=0)
    unreadable: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    account: Mapped[SocialAccount] = relationship()

    __mapper_args__: dict[str, Any] = {"version_id_col": version}
