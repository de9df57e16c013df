"""The second factor: codes are slowed down like passwords, and a role granted meanwhile asks for it at once."""

from __future__ import annotations

from flask import Flask, Response, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from governance.entrance.database import db
from governance.entrance.throttle import keyed_hash, note_attempt, stop_if_throttled
from governance.kernel.settings import Settings

CODE_ENDPOINTS = frozenset({"security.two_factor_token_validation", "security.mf_recovery"})


def add_second_factor(app: Flask, settings: Settings) -> None:
    """Watch the steps that take a code. In demo mode there is no second factor, and nothing to watch."""
    if settings.demo:
        return

    @app.before_request
    def _slow_down() -> None:
        if _tries_a_code():
            stop_if_throttled(db.session, _whose_code(), _address())
            db.leave()  # the attempt's row, written after the answer, must not wait for this read

    @app.after_request
    def _note(response: Response) -> Response:
        if _tries_a_code() and response.status_code in (200, 302):
            # A code that fits redirects onward; one that does not shows its page again, or leads back to one.
            onward = response.status_code == 302 and "_user_id" in session
            db.leave()  # committed by now; a reload after the commit would hold SQLite's write lock
            note_attempt(db.engine, _whose_code(), _address(), succeeded=onward)
        return response

    @app.before_request
    def _ask_of_a_new_reviewer() -> ResponseReturnValue | None:
        if request.endpoint is None or not current_user.is_authenticated:
            return None
        if request.endpoint == "static" or request.endpoint.startswith(("security.", "health.")):
            return None
        if current_user.check_tf_required_setup() and not current_user.tf_primary_method:
            return redirect(url_for("security.two_factor_setup"))
        return None


def _tries_a_code() -> bool:
    return request.method == "POST" and request.endpoint in CODE_ENDPOINTS


def _whose_code() -> str:
    key: str = current_app.config["SECURITY_PASSWORD_SALT"]
    if "second_factor_of" not in request.environ:  # the session forgets it when the code fits
        request.environ["second_factor_of"] = str(session.get("tf_user_id", "nobody"))
    return keyed_hash(key, "second factor " + request.environ["second_factor_of"])


def _address() -> str:
    return request.remote_addr or "unknown"
