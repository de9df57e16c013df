"""The register: accounts that staff use professionally, and the evidence that they hold them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.kernel.database import Base, not_blank, one_of
from governance.people.models import Person

ACCOUNT_STATES = ("pending", "verified", "rejected", "retired")


class SocialAccount(Base):
    """One registered account.

    `handle_key` is the handle as it is compared (no @, folded case). The owner proves control by placing
    `proof_code` in the profile; somebody else, a manager or compliance, looks and confirms.
    """

    __tablename__ = "social_account"
    __table_args__ = (
        one_of("state", ACCOUNT_STATES),
        CheckConstraint("confirmed_by_id <> owner_id", name="not_confirmed_by_owner"),
        CheckConstraint(
            "state NOT IN ('verified', 'rejected') OR (confirmed_by_id IS NOT NULL AND confirmed_at IS NOT NULL)",
            name="confirmed_has_confirmer",
        ),
        CheckConstraint("state <> 'rejected' OR state_reason IS NOT NULL", name="rejected_has_reason"),
        not_blank("handle"),
        not_blank("purpose"),
        Index(
            "uq_social_account_platform_handle_key",
            "platform",
            "handle_key",
            unique=True,
            sqlite_where=text("state IN ('pending', 'verified')"),
            postgresql_where=text("state IN ('pending', 'verified')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    platform: Mapped[str] = mapped_column(String(20))
    handle: Mapped[str] = mapped_column(String(100))
    handle_key: Mapped[str] = mapped_column(String(100))
    url: Mapped[str] = mapped_column(String(500))
    purpose: Mapped[str] = mapped_column(Text)
    default_audience: Mapped[str | None] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="pending", index=True)
    state_reason: Mapped[str | None] = mapped_column(Text)
    proof_code: Mapped[str] = mapped_column(String(20))
    registered_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    privacy_reviewed_on: Mapped[date | None]
    privacy_review_due_on: Mapped[date] = mapped_column(index=True)
    version: Mapped[int] = mapped_column()

    owner: Mapped[Person] = relationship(foreign_keys=[owner_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])
    evidence: Mapped[list[AccountEvidence]] = relationship(
        back_populates="account", order_by="AccountEvidence.id", cascade="all, delete-orphan"
    )

    __mapper_args__: dict[str, Any] = {"version_id_col": version}


class AccountEvidence(Base):
    """What shows that the owner controls the account: a note, perhaps with a small picture or PDF and its SHA-256."""

    __tablename__ = "account_evidence"
    __table_args__ = (
        CheckConstraint("(content IS NULL) = (sha256 IS NULL)", name="content_has_sha256"),
        not_blank("note"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("social_account.id", ondelete="CASCADE"), index=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str | None] = mapped_column(String(200))
    media_type: Mapped[str | None] = mapped_column(String(100))
    sha256: Mapped[str | None] = mapped_column(String(64))
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)

    account: Mapped[SocialAccount] = relationship(back_populates="evidence")
    added_by: Mapped[Person] = relationship()
