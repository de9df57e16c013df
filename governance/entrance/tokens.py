"""Bearer tokens: how one is made, kept and found again."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.entrance.models import ApiToken
from governance.kernel import clock

SCOPES = ("accounts:read", "posts:read", "cases:read", "score")
"""What a token may be for. A scope narrows its person's rights and never adds to them."""

PREFIX = "probity_"  # lets a scanner for leaked secrets know one when it sees it


def new_token() -> str:
    """A token of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """The SHA-256 that is kept. Plain, since 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def live_token(session: Session, token: str) -> ApiToken | None:
    """The row of a token that is neither revoked nor past its time, and whose person is active."""
    row = session.scalar(select(ApiToken).where(ApiToken.digest == digest(token)))
    if row is None or row.revoked_at is not None or not row.person.active:
        return None
    return row if row.expires_at is None or row.expires_at > clock.now() else None
