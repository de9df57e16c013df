"""What a database is made of, by our own queries: Alembic's comparison sees neither CHECKs nor triggers."""

import re

from sqlalchemy import Connection, Row, text

Structure = dict[str, set[tuple[str, ...]]]

POSTGRESQL = {
    "columns": """
        SELECT table_name, column_name, data_type, coalesce(character_maximum_length::text, ''), is_nullable
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """
        SELECT c.conrelid::regclass::text, c.conname::text, pg_get_constraintdef(c.oid)
        FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
        WHERE n.nspname = 'public' AND c.contype IN ('c', 'f', 'p', 'u')""",
    "indexes": "SELECT tablename::text, indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'""",
}
SQLITE = {
    "columns": """
        SELECT m.name, c.name, upper(c.type), '', CASE c."notnull" WHEN 1 THEN 'NO' ELSE 'YES' END
        FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'""",
    "foreign_keys": """
        SELECT m.name, f."from", f."table", f."to", f.on_delete, f.on_update
        FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'""",
    "indexes": """
        SELECT m.name, i."unique" || i.origin, coalesce(nullif(substr(i.name, 1, 6), 'sqlite'), ''), group_concat(c.name)
        FROM sqlite_master m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c
        WHERE m.type = 'table' GROUP BY m.name, i.name, i."unique", i.origin""",
    "triggers": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
}


def structure(connection: Connection) -> Structure:
    """Columns, constraints, indexes and triggers, Alembic's own table left out."""
    queries = POSTGRESQL if connection.dialect.name == "postgresql" else SQLITE
    found = {kind: plain(connection.execute(text(query)).all()) for kind, query in queries.items()}
    if connection.dialect.name == "sqlite":
        tables = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
        found["checks"] = {(name, *check) for name, sql in tables for check in checks(sql)}
    return {kind: {row for row in rows if row[0] != "alembic_version"} for kind, rows in found.items()}


def plain(rows: list[Row]) -> set[tuple[str, ...]]:
    return {tuple(" ".join(str(part).split()) for part in row) for row in rows}


def checks(sql: str) -> list[tuple[str, str]]:
    """Name and condition of each CHECK in a CREATE TABLE of SQLite, which keeps it as it was written."""
    found = []
    for match in re.finditer(r'(?:CONSTRAINT\s+"?(\w+)"?\s+)?CHECK\s*\(', sql):
        depth, end = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            end += 1
        found.append((match.group(1) or "", " ".join(sql[match.end() : end - 1].split())))
    return found
