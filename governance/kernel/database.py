"""Base, the UTC column type and the one engine. Knows nothing of Flask or of the trade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, Engine, MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

WRITE = {"write": True}
"""Execution options of a connection that will write: SQLite then begins IMMEDIATE."""


LARGEST_ID = 2**31 - 1
"""The largest number that an integer column of PostgreSQL holds: no row has a greater one."""


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC. Refuses a naive time, and never gives one back (SQLite stores no zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """On the way in: UTC. ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """On the way out: always with its zone."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    """The parent of every model."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UTCDateTime}


def one_of(column: str, values: Sequence[str], name: str | None = None) -> CheckConstraint:
    """A CHECK that `column` holds one of `values` (or NULL, where the column allows it)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name or f"{column}_listed")


def not_blank(column: str) -> CheckConstraint:
    """A CHECK that text in `column` is not empty or all blanks."""
    return CheckConstraint(f"trim({column}) <> ''", name=f"{column}_not_blank")


def refuses(*verbs: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Table options that declare 'update' or 'delete' refused by a trigger, which a migration makes.

    Used last in `__table_args__`; a test compares what is declared with the triggers at head, on both databases.
    """
    return {"info": {"refuses": verbs}}


def make_engine(url: str) -> Engine:
    """The engine for `url`, tuned for its database. Its errors do not hold the values of a statement: logs would keep them."""
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True)
    if engine.dialect.name == "sqlite":
        _tune_sqlite(engine)
    return engine


def writing_session(engine: Engine) -> Session:
    """A session of its own that means to write (the commands, the runners, a refusal's audit row)."""
    return Session(engine.execution_options(**WRITE))


def _tune_sqlite(engine: Engine) -> None:
    """WAL, foreign keys, a patient lock, and our own BEGIN.

    The driver's default begins a transaction only at the first write, so that a read before it belongs to none:
    of 2,400 concurrent read-then-write increments 427 were left, with no error. BEGIN IMMEDIATE takes the write
    lock before the first read; a plain BEGIN that later writes would fail at once, whatever the busy timeout.
    """

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
