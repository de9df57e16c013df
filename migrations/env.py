"""How migrations run: one transaction each, with SQLite's foreign keys off so that batch may rebuild a parent table."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection, Engine, create_engine, event, pool
from sqlalchemy.types import TypeDecorator

import governance.accounts.models
import governance.assessments.models
import governance.audit.models
import governance.bundles.models
import governance.cases.clocks.models
import governance.cases.desk.models
import governance.cases.models
import governance.cases.tasks.models
import governance.concerns.models
import governance.entrance.models
import governance.equality.models
import governance.intake.models
import governance.jobs.models
import governance.letters.models
import governance.mail.models
import governance.people.models
import governance.posts.models
import governance.reports.models
import governance.rulebooks.models  # noqa: F401  (each import above adds its tables to Base.metadata)
from governance.kernel.database import Base
from governance.kernel.settings import Settings


def plain_type(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Migrations name plain SQLAlchemy types, never the application's: they must outlive it."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return "sa.Text()" if item.impl.__class__.__name__ in ("UnicodeText", "Text") else f"sa.{item.impl!r}"
    return False


def migration_engine(url: str) -> Engine:
    """An engine for migrating: on SQLite DDL stands in a transaction of our own.

    With foreign keys on, dropping a parent table (which batch does) deletes its CASCADE children without an error. They
    are off before BEGIN, and checked before COMMIT.
    """
    engine = create_engine(url, poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _connect(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute("PRAGMA busy_timeout=10000")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        @event.listens_for(engine, "commit")
        def _commit(connection: Connection) -> None:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"foreign keys broken by this migration: {broken[:5]}")

    return engine


def run(connection: Connection) -> None:
    """Run the migrations on `connection`, each in a transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_server_default=True,
        render_item=plain_type,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = migration_engine(context.config.attributes.get("url") or Settings.from_environ().database_url)
    with engine.connect() as fresh:
        run(fresh)
    engine.dispose()
