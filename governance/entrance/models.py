"""Who signs in: users, API tokens, and attempts to sign in. Below the doors only a Person is known."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from flask_security import AsaList, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.kernel.database import Base
from governance.people.models import Person
from governance.people.roles import REVIEWING


@dataclass(frozen=True)
class HeldRole:
    """A person's role in the shape Flask-Security asks for; what it opens is in people/roles.py."""

    name: str

    def get_permissions(self) -> set[str]:
        """None: Flask-Security's own permissions are not used."""
        return set()


class User(UserMixin, Base):
    """A person's key to the door. Roles are the person's, read from the database on each request."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: secrets.token_hex(32))
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))

    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def roles(self) -> list[HeldRole]:  # type: ignore[override]  # UserMixin declares a column of its own
        """The person's roles, as Flask-Security reads them."""
        return [HeldRole(name.value) for name in sorted(self.person.role_names)]

    def check_tf_required_setup(self) -> bool:
        """Whether this user must have a second factor: every role that sees other people's things."""
        return bool(self.person.role_names & REVIEWING)

    def check_tf_required(
        self,
        tf_setup_methods: list[tuple[str, str]],
        tf_fresh: bool,  # noqa: ARG002  (the hook's signature; a remembered second factor is never enough)
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Whether to ask for the second factor now, and which are set up (Flask-Security's hook)."""
        return self.check_tf_required_setup() or bool(tf_setup_methods), tf_setup_methods


class ApiToken(Base):
    """A bearer token. Only its SHA-256 is kept; `scopes` (blank-separated) narrow the rights of its person."""

    __tablename__ = "api_token"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_whole"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[str] = mapped_column(String(300))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()


class SignInAttempt(Base):
    """An attempt to sign in, for throttling: the e-mail address as a keyed hash, never as text."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_email_hash_attempted_at", "email_hash", "attempted_at"),
        Index("ix_sign_in_attempt_address_attempted_at", "address", "attempted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email_hash: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    attempted_at: Mapped[datetime] = mapped_column(index=True)
    succeeded: Mapped[bool]
