"""Posts and drafts, their versions, and what approvers said of a draft."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.accounts.models import SocialAccount
from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.kernel.database import Base, not_blank, one_of, refuses
from governance.kernel.text import LONGEST_POST
from governance.people.models import Person

KINDS = ("published", "draft")
DRAFT_STATES = ("awaiting_approval", "changes_asked", "approved", "withdrawn")
PROVENANCES = ("submitted", "imported", "reported")


class Post(Base):
    """Something said on an account, or a draft of it.

    `local_date` and `local_week` are those of `posted_at` (of `submitted_at` for a draft) in London.
    `identity` makes a post recognisable when it comes again: `n:` and the platform's id, else `u:` and the address,
    else `t:` with time and text hash. A reported post may have no account; every other has one.
    """

    __tablename__ = "post"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("draft_state", DRAFT_STATES),
        one_of("provenance", PROVENANCES),
        one_of("platform", list(PLATFORMS)),
        one_of("audience", list(AUDIENCES)),
        CheckConstraint("(kind = 'draft') = (draft_state IS NOT NULL)", name="draft_has_state"),
        CheckConstraint("(kind = 'published') = (posted_at IS NOT NULL)", name="published_has_time"),
        CheckConstraint("account_id IS NOT NULL OR provenance = 'reported'", name="account_unless_reported"),
        UniqueConstraint("account_id", "identity"),
        Index("ix_post_author_id_posted_at", "author_id", "posted_at"),
        Index("ix_post_kind_local_date", "kind", "local_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    draft_state: Mapped[str | None] = mapped_column(String(20))
    provenance: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("social_account.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    platform: Mapped[str] = mapped_column(String(20))
    audience: Mapped[str | None] = mapped_column(String(20))
    in_reply_to: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(String(1000))
    native_id: Mapped[str | None] = mapped_column(String(200))
    identity: Mapped[str] = mapped_column(String(1100))
    posted_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime]
    local_date: Mapped[date]
    local_week: Mapped[str] = mapped_column(String(8))
    version: Mapped[int] = mapped_column()

    account: Mapped[SocialAccount | None] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    submitted_by: Mapped[Person] = relationship(foreign_keys=[submitted_by_id])
    approver: Mapped[Person | None] = relationship(foreign_keys=[approver_id])
    versions: Mapped[list[PostVersion]] = relationship(
        back_populates="post", order_by="PostVersion.number", cascade="all, delete-orphan"
    )
    approvals: Mapped[list[Approval]] = relationship(back_populates="post", order_by="Approval.id")

    __mapper_args__: dict[str, Any] = {"version_id_col": version}

    @property
    def latest(self) -> PostVersion:
        """The version that stands now; a post has at least one."""
        return self.versions[-1]


class PostVersion(Base):
    """The words, once. A trigger refuses any change of them: an edit is a new version.

    `salt` makes the audit trail's hash of the text worthless once the row is erased.
    """

    __tablename__ = "post_version"
    __table_args__ = (
        UniqueConstraint("post_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint(f"length(text) <= {LONGEST_POST}", name="text_length"),
        not_blank("text"),
        refuses("update"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    attachments_text: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[str] = mapped_column(String(32), default=lambda: secrets.token_hex(16))
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]

    post: Mapped[Post] = relationship(back_populates="versions")
    written_by: Mapped[Person] = relationship()


class Approval(Base):
    """What an approver said of one version of a draft."""

    __tablename__ = "approval"
    __table_args__ = (
        one_of("outcome", ("approved", "changes_asked")),
        CheckConstraint("reviewer_id <> author_id", name="not_by_author"),
        CheckConstraint("outcome = 'approved' OR trim(comment) <> ''", name="changes_have_comment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    post_version_id: Mapped[int] = mapped_column(
        ForeignKey("post_version.id", ondelete="CASCADE"), unique=True
    )
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime]

    post: Mapped[Post] = relationship(back_populates="approvals")
    post_version: Mapped[PostVersion] = relationship()
    reviewer: Mapped[Person] = relationship(foreign_keys=[reviewer_id])
