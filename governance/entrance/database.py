"""The request's session on the one engine.

SQLite requests that write begin IMMEDIATE, before their first read: see kernel/database.py. A view says otherwise than
its method with `writes` (see gate.permission): a GET that records who viewed what, a POST that stores nothing.
"""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app, g, has_request_context, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from governance.kernel.database import WRITE

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestDatabase:
    """One session per application context. Flask-Security's datastore asks for no more than `.session`."""

    def init_app(self, app: Flask, engine: Engine) -> None:
        """Bind `engine` to `app` and close each context's session."""
        app.extensions["database"] = engine

        @app.teardown_appcontext
        def _close(_error: BaseException | None) -> None:
            self.leave()

    @property
    def engine(self) -> Engine:
        """The application's one engine."""
        return cast(Engine, current_app.extensions["database"])

    @property
    def session(self) -> Session:
        """This request's session; made at its first use."""
        if "session" not in g:
            g.session = Session(self.engine.execution_options(**WRITE) if _means_to_write() else self.engine)
        return cast(Session, g.session)

    def leave(self) -> None:
        """Roll back and close this context's session, if there is one."""
        session: Session | None = g.pop("session", None)
        if session is not None:
            session.close()

    def restart_reading(self) -> None:
        """Leave what was begun, and read from now on: for error pages, which must not hold the write lock."""
        self.leave()
        g.pop("_login_user", None)  # Flask-Login's copy belongs to the session that was left
        g.session = Session(self.engine)


def _means_to_write() -> bool:
    if not has_request_context():
        return True
    view = current_app.view_functions.get(request.endpoint or "")
    declared: bool | None = getattr(view, "writes", None)
    return declared if declared is not None else request.method not in SAFE_METHODS


db = RequestDatabase()
