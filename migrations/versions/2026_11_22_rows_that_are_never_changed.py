"""Rows that are never changed: triggers refuse updates, and on the audit trail removals.

Revision: 5d1c0a77e9b2, after babc70acc079.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "5d1c0a77e9b2"
down_revision: str | Sequence[str] | None = "babc70acc079"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REFUSED = (
    ("audit_entry", "update"),
    ("audit_entry", "delete"),
    ("post_version", "update"),
    ("assessment", "update"),
    ("finding", "update"),
    ("case_event", "update"),
    ("decision", "update"),
)


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% rows refuse %', TG_TABLE_NAME, lower(TG_OP) "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table, verb in REFUSED:
        name = f"{table}_refuses_{verb}"
        if postgresql:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} rows refuse {verb}'); END"
            )


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, verb in REFUSED:
        name = f"{table}_refuses_{verb}"
        op.execute(f"DROP TRIGGER {name} ON {table}" if postgresql else f"DROP TRIGGER {name}")
    if postgresql:
        op.execute("DROP FUNCTION refuse_change()")
