"""The gate: every endpoint is closed unless it says what opens it.

A page's view declares `@permission("noun.verb")` from people/roles.py; an API view declares `@scope("noun:read")`.
The few that anybody may open are listed here by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from governance.entrance.database import SAFE_METHODS
from governance.kernel.errors import Refused
from governance.people.models import Person
from governance.people.roles import PERMISSIONS

PUBLIC = frozenset({"static", "health.alive", "health.ready", "security.login", "openapi.spec"})
"""Endpoints that need no sign-in."""

SIGNING_IN = frozenset(
    {
        "security.logout",
        "security.two_factor_setup",
        "security.two_factor_setup_validate",
        "security.two_factor_token_validation",
        "security.two_factor_rescue",
        "security.tf_select",
        "security.mf_recovery",
        "security.mf_recovery_codes",
        "security.verify",
        "security.change_password",
    }
)
"""Flask-Security's own steps: each guards itself, half-way through signing in or after it."""

View = TypeVar("View", bound=Callable[..., Any])


def permission(name: str, *, writes: bool | None = None) -> Callable[[View], View]:
    """Open a page to the roles that carry permission `name`.

    `writes` says whether the request writes, where its method would mislead (see entrance/database.py).
    """
    if name not in PERMISSIONS:
        raise KeyError(f"{name} is not in people/roles.py")

    def mark(view: View) -> View:
        view.permission = name  # type: ignore[attr-defined]  # the mark that the gate reads
        if writes is not None:
            view.writes = writes  # type: ignore[attr-defined]  # read by entrance/database.py
        return view

    return mark


def current_person() -> Person:
    """The person who is signed in. Only for views behind the gate."""
    person: Person = current_user.person
    return person


def signed_in_person() -> Person | None:
    """The person who is signed in, or None: for error pages and the layout."""
    return current_user.person if current_user.is_authenticated else None


def add_gate(app: Flask) -> None:
    """Close every endpoint that has not declared what opens it."""

    @app.before_request
    def _gate() -> ResponseReturnValue | None:
        endpoint = request.endpoint
        if endpoint is None or endpoint in PUBLIC or endpoint in SIGNING_IN:
            return None
        view = current_app.view_functions[endpoint]
        if getattr(view, "scope", None) is not None:
            return None  # the API's own door reads the bearer token
        needed: str | None = getattr(view, "permission", None)
        if needed is None:
            raise Refused("This page is closed: it has not said who may open it.")
        if not current_user.is_authenticated:
            if request.method in SAFE_METHODS:
                return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
            abort(401)
        if not current_person().may(needed):
            raise Refused(
                "Your role does not open this page. If you need it for your work, ask your administrator."
            )
        return None
