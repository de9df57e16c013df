"""Audit entries: append-only rows in a hash chain. Triggers refuse every change and removal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.database import Base, refuses


class AuditEntry(Base):
    """One thing that was done. No foreign keys: an entry outlives what it speaks of.

    `payload` is canonical JSON of ids, names of things and salted hashes, never personal text. `hash` is SHA-256
    over `previous` and the entry's other fields (see audit/record.py).
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        CheckConstraint("length(hash) = 64 AND length(previous) = 64", name="hashes_whole"),
        Index("ix_audit_entry_thing_thing_id", "thing", "thing_id"),
        refuses("update", "delete"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    happened_at: Mapped[datetime]
    actor_id: Mapped[int | None]
    event: Mapped[str] = mapped_column(String(60), index=True)
    thing: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int | None]
    payload: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
