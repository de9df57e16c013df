"""Signing in: Flask-Security on the request's session, with throttling in the database.

Commits are left to the request. Signing in begins as reading, since argon2 takes a sixth of a second and must not hold
the write lock; the attempt's row is a short write of its own.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, request
from flask_security import FSQLALiteUserDatastore, LoginForm, Security
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.entrance.database import db
from governance.entrance.models import User
from governance.entrance.throttle import keyed_hash, note_attempt, stop_if_throttled
from governance.kernel.database import writing_session
from governance.kernel.settings import Settings
from governance.people.models import Role


class Datastore(FSQLALiteUserDatastore):
    """Flask-Security commits by itself; here the request has one commit, so its own only flushes."""

    def commit(self) -> None:
        """Send what is pending to the database; the request commits."""
        self.db.session.flush()

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> User | None:
        """The user whose one named column has this value. Its roles are the person's, so none are joined here."""
        ((column, value),) = kwargs.items()
        held = getattr(User, column)
        matches = func.lower(held) == str(value).lower() if case_insensitive else held == value
        session: Session = self.db.session
        return session.scalar(select(User).where(matches))


class SignInForm(LoginForm):
    """E-mail address and password, slowed down after many failures."""

    def validate(self, **kwargs: Any) -> bool:
        """Whether the two fit. Raises TooManyRequests before looking, after too many failures."""
        key: str = current_app.config["SECURITY_PASSWORD_SALT"]
        email_hash, address = keyed_hash(key, self.email.data or ""), request.remote_addr or "unknown"
        stop_if_throttled(db.session, email_hash, address)
        fits = bool(super().validate(**kwargs))
        note_attempt(db.engine, email_hash, address, succeeded=fits)
        if fits and isinstance(self.user, User):
            with writing_session(db.engine) as session:
                record(session, Event.SIGNED_IN, self.user.person_id, self.user.person_id)
                session.commit()
        return fits


def add_signin(app: Flask, settings: Settings) -> Security:
    """Set up Flask-Security: password by argon2, a second factor for reviewing roles outside demo mode."""
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  (the name of a scheme)
        SECURITY_PASSWORD_SALT=settings.derived_key("password salt"),
        SECURITY_PASSWORD_LENGTH_MIN=12,
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_POST_LOGIN_VIEW="/",
        SECURITY_POST_LOGOUT_VIEW="/sign-in",
        SECURITY_CHANGEABLE=True,
        SECURITY_CHANGE_URL="/change-password",
        SECURITY_POST_CHANGE_VIEW="/",
        SECURITY_SEND_PASSWORD_CHANGE_EMAIL=False,
        SECURITY_API_ENABLED_METHODS=["session"],
        SECURITY_STATIC_FOLDER=None,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_TWO_FACTOR=not settings.demo,
        SECURITY_TWO_FACTOR_ENABLED_METHODS=["authenticator"],
        SECURITY_TWO_FACTOR_ALWAYS_VALIDATE=True,
        SECURITY_TWO_FACTOR_RESCUE_EMAIL=False,
        SECURITY_MULTI_FACTOR_RECOVERY_CODES=not settings.demo,
        SECURITY_TOTP_SECRETS={"1": settings.derived_key("totp")},
        SECURITY_TOTP_ISSUER="Probity",
        SECURITY_MSG_INVALID_PASSWORD=("The email address or password does not fit.", "error"),
        SECURITY_MSG_USER_DOES_NOT_EXIST=("The email address or password does not fit.", "error"),
        SECURITY_MSG_GENERIC_AUTHN_FAILED=("The email address or password does not fit.", "error"),
        SECURITY_MSG_EMAIL_NOT_PROVIDED=("Enter your email address.", "error"),
        SECURITY_MSG_INVALID_EMAIL_ADDRESS=("Enter an email address like name@example.org.", "error"),
        SECURITY_MSG_PASSWORD_NOT_PROVIDED=("Enter your password.", "error"),
    )
    security = Security(app, Datastore(db, User, Role), login_form=SignInForm)  # type: ignore[arg-type]  # see HeldRole
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]  # no second door
    security.want_json(lambda _request: False)
    vars(app.view_functions["security.login"])["writes"] = False  # read by entrance/database.py
    return security
