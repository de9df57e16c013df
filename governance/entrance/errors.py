"""One way out for everything that goes wrong: a page for people, JSON of one shape under /api/.

What a person had typed is on the page, so that nothing is lost. A refusal is audited here, after the rollback: inside
the verb a second session would wait for the first one's lock.
"""

from __future__ import annotations

from http import HTTPStatus

import structlog
from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import Forbidden, HTTPException, TooManyRequests

from governance.audit.events import Event
from governance.audit.record import record
from governance.entrance.database import db
from governance.entrance.gate import signed_in_person
from governance.kernel.database import writing_session
from governance.kernel.errors import Conflict, GovernanceError, Refused

log = structlog.get_logger(__name__)

HEADINGS = {
    400: "Something in that request was not right",
    401: "You have been signed out",
    403: "You cannot open this",
    404: "Page not found",
    405: "That cannot be done here",
    409: "Somebody else changed this while you were working",
    413: "That is too large to send",
    415: "That kind of file or text is not accepted here",
    422: "Something needs to be put right",
    429: "Please wait a moment",
    500: "Something went wrong on our side",
    503: "The service is busy",
}
CURES = {
    400: "Go back, reload the page and try again.",
    401: "Sign in again, then send your text once more. What you had typed is below: copy it first.",
    403: "If you think you should be able to, ask your administrator.",
    404: "Check the address, or go to your start page. Something you may not see also looks like this.",
    405: "Go back and use the buttons on the page.",
    409: "Go back, reload the page to see what changed, then try again.",
    413: "Send a smaller file (5 MB at most) or a shorter text (20,000 characters at most).",
    415: "Check what the page asks for, and try again.",
    422: "Go back, put it right and try again.",
    429: "There have been many tries in a short time.",
    500: "It has been logged. Nothing of your last step was saved. Try again in a few minutes.",
    503: "Many people are saving at once. Nothing of your last step was saved. Try again in a minute.",
}
API_DETAILS = {
    400: "The request's body is not JSON that can be read.",
    404: "There is nothing at this address. The OpenAPI document lists those there are.",
    405: "This address does not take this method. The header 'Allow' names those it takes.",
    413: "Send a smaller body: 6 MB at most.",
    415: "Send the body as JSON, with the header 'Content-Type: application/json'.",
    500: "It has been logged, and nothing was stored. Try again in a few minutes.",
    503: "Many people are saving at once, and nothing was stored. Try again in a minute.",
}
NEVER_SHOWN = ("csrf", "password", "code")
LOCKED = ("database is locked", "deadlock detected", "could not serialize")


def add_errors(app: Flask) -> None:
    """Register the handlers."""
    _add_own_errors(app)
    _add_flask_errors(app)
    app.register_error_handler(Exception, _unforeseen)


def _unforeseen(error: Exception) -> ResponseReturnValue:
    if current_app.config["PROPAGATE_EXCEPTIONS"]:
        raise error
    log.error("unforeseen", endpoint=request.endpoint, exc_info=error)
    return answer(500, _cure(500))


def _add_own_errors(app: Flask) -> None:
    @app.errorhandler(GovernanceError)
    def _governance(error: GovernanceError) -> ResponseReturnValue:
        return answer(
            error.status,
            error.message,
            changes=getattr(error, "changes", ()),
            refused=isinstance(error, Refused),
        )

    @app.errorhandler(StaleDataError)
    def _stale(_error: StaleDataError) -> ResponseReturnValue:
        return _governance(Conflict(CURES[409]))

    @app.errorhandler(OperationalError)
    def _busy(error: OperationalError) -> ResponseReturnValue:
        if any(words in str(error) for words in LOCKED):
            return answer(503, _cure(503))
        return _unforeseen(error)


def _add_flask_errors(app: Flask) -> None:
    @app.errorhandler(CSRFError)
    def _csrf(_error: CSRFError) -> ResponseReturnValue:
        return answer(
            400,
            "This form's security token (CSRF token) is missing or was not made for you, so nothing was saved. "
            "Reload the page and send it again.",
        )

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:  # a redirect to the canonical address
            return error
        message = _cure(error.code) or error.description or error.name
        if isinstance(error, TooManyRequests) and error.description:
            message = error.description
        return answer(error.code, message, refused=isinstance(error, Forbidden), headers=_kept_headers(error))


def answer(
    status: int,
    message: str,
    *,
    changes: tuple[str, ...] = (),
    refused: bool = False,
    headers: dict[str, str] | None = None,
) -> ResponseReturnValue:
    """The answer to a request that failed: its work is rolled back, a refusal is audited, the typed text is kept."""
    db.restart_reading()
    person = signed_in_person() if not _is_api() else None
    actor_id = person.id if person else None
    db.restart_reading()  # the audit row is written beside no open read
    if refused:
        with writing_session(db.engine) as session:
            record(session, Event.REFUSED, None, actor_id, endpoint=request.endpoint, method=request.method)
            session.commit()
    if _is_api():
        return {"message": HTTPStatus(status).phrase, "detail": message}, status, headers or {}
    page = render_template(
        "errors/error.html",
        status=status,
        heading=HEADINGS.get(status, "Something went wrong"),
        message=message,
        changes=changes,
        typed=_typed(),
    )
    return page, status, headers or {}


def _cure(status: int) -> str:
    """What to do, for a person before a page or for a program that calls the API."""
    return (API_DETAILS.get(status) if _is_api() else None) or CURES.get(status, "")


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _kept_headers(error: HTTPException) -> dict[str, str]:
    return {
        name: value
        for name, value in error.get_headers()
        if name in ("Allow", "Retry-After", "WWW-Authenticate")
    }


def _typed() -> list[tuple[str, str]]:
    """What the person had typed, without passwords, codes and tokens."""
    try:
        items = list(request.form.items(multi=True))
    except HTTPException:  # the body itself was what failed
        return []
    return [
        (name, value)
        for name, value in items
        if value.strip() and not any(word in name for word in NEVER_SHOWN)
    ]
