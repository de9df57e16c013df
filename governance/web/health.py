"""Whether the server is alive, and whether it can work."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from governance.entrance.database import db
from governance.kernel.migrations import head

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    """200 while the process answers. It asks nothing of the database."""
    return {"status": "alive"}


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """200 where the database is reached and stands at the newest migration, else 503 with the reason."""
    try:
        current = MigrationContext.configure(db.session.connection()).get_current_revision()
    except SQLAlchemyError:
        return {"status": "not ready", "reason": "the database is not reached"}, 503
    if current != head():
        return {"status": "not ready", "reason": "the database is not at the newest migration"}, 503
    return {"status": "ready"}
