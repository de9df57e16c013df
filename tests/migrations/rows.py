"""Rows for every table that a database has, whatever its revision: made from the tables themselves.

A value follows from the column's type, its foreign key and the CHECKs that list values; what a rule of the trade
asks beyond that stands in SPECIAL, by table and column. A column that a revision does not have is left out.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, func, inspect, select, types

WHEN = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
ANOTHER = {
    "holder_id",
    "reviewer_id",
    "investigator_id",
    "recipient_id",
    "asked_id",
    "into_id",
    "recorded_by_id",
}  # not the subject, the author, or the same case
SPECIAL: dict[tuple[str, str], Any] = {
    ("account_evidence", "sha256"): None,
    ("audit_entry", "id"): 1,
    ("audit_entry", "hash"): "a" * 64,
    ("audit_entry", "previous"): "0" * 64,
    ("referral", "refer"): False,
    ("investigation", "scheme"): "local",
    ("api_token", "digest"): "d" * 64,
    ("bundle_export", "sha256"): "b" * 64,
    ("case_claim", "until"): WHEN + timedelta(days=1),
    ("case_file", "closed_at"): WHEN,
    ("case_file", "closure"): "no_concern",
    ("case_file", "stage"): "closed",
    ("case_number", "year"): 2026,
    ("clock", "stage"): "triage",
    ("concern_step", "to_whom"): "The chief nurse",
    ("decision", "guarded"): False,
    ("equality_fact", "grade"): "Band 6",
    ("import_run", "finished_at"): WHEN,
    ("import_run", "state"): "done",
    ("import_run", "unreadable"): [{"line": 3, "error": "It is empty."}],
    ("job", "state"): "waiting",
    ("outgoing_mail", "state"): "waiting",
    ("notice", "number"): 7,
    ("objection", "person_id"): 2,
    ("post", "kind"): "published",
    ("post", "provenance"): "submitted",
    ("post", "account_id"): 1,
    ("post", "posted_at"): WHEN,
}


TWO = {"person", "case_file"}
"""Tables of which other tables need two rows: a holder who is not the subject, a case that is joined with another."""


def listed(connection: Connection, table: str) -> dict[str, str]:
    """The first value of each column whose CHECK lists values."""
    found = {}
    for check in inspect(connection).get_check_constraints(table):
        match = re.match(
            r"[\s(]*(\w+)\)?(?:::\w+)?\s*(?:IN\s*\(|= ANY \(+ARRAY\[)'([^']*)'", check["sqltext"]
        )
        if match:
            found[match.group(1)] = match.group(2)
    return found


def value(column: Column[Any], row: int) -> Any:
    """A value that fits the column's type."""
    kind = column.type
    if isinstance(kind, types.JSON):
        return {"row": row}
    if isinstance(kind, types.Boolean):
        return True
    if isinstance(kind, types.Integer):
        return row
    if isinstance(kind, types.DateTime):
        return WHEN
    if isinstance(kind, types.Date):
        return date(2026, 5, 4)
    if isinstance(kind, types.LargeBinary):
        return b"\x00\x01"
    return f"{column.name} {row}"[: getattr(kind, "length", None) or 100]


def referred(connection: Connection, metadata: MetaData, column: Column[Any]) -> Any:
    """The key of the first row that a foreign key may lead to, of the second where it must be somebody else."""
    target = next(iter(column.foreign_keys)).column
    keys = connection.scalars(select(target).order_by(target)).all()
    return keys[1] if column.name in ANOTHER else keys[0]


def row_for(connection: Connection, table: Table, number: int) -> dict[str, Any]:
    """The values of one row: all that must be there, and what SPECIAL says."""
    choices, values = listed(connection, table.name), {}
    for column in table.columns:
        if (table.name, column.name) in SPECIAL:
            values[column.name] = SPECIAL[table.name, column.name]
        elif column.nullable or (
            column.primary_key and not column.foreign_keys and len(table.primary_key) == 1
        ):
            continue
        elif column.foreign_keys:
            values[column.name] = referred(connection, table.metadata, column)
        else:
            values[column.name] = choices.get(column.name) or value(column, number)
    return values


def fill(connection: Connection) -> None:
    """Put a row into every table that has none; two people, since some rules need somebody else."""
    metadata = MetaData()
    metadata.reflect(connection)
    for table in metadata.sorted_tables:
        if table.name == "alembic_version" or connection.scalar(select(func.count()).select_from(table)):
            continue
        for number in range(1, 3 if table.name in TWO else 2):
            connection.execute(table.insert().values(row_for(connection, table, number)))


def snapshot(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, by table and column."""
    metadata = MetaData()
    metadata.reflect(connection)
    return {
        table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
        for table in metadata.sorted_tables
        if table.name != "alembic_version"
    }


def lost(before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]]) -> list[str]:
    """The rows of `before` that `after` no longer has, seen through the columns that both have."""
    missing = []
    for table, rows in before.items():
        for row in rows if table in after else []:
            shared = {name: kept for name, kept in row.items() if not after[table] or name in after[table][0]}
            if not any(shared.items() <= other.items() for other in after[table]):
                missing.append(f"{table}: {row}")
    return missing
