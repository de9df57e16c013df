"""Versions of an organisation's own rules, and what became of each. Neither is ever changed or removed.

Revision: 6b0d9e3f5a74, after 3f7b92d4c6e1.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "6b0d9e3f5a74"
down_revision: str | Sequence[str] | None = "3f7b92d4c6e1"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("organisation_rulebook", "organisation_rulebook_step")
STATUSES = "'draft', 'shadow', 'proposed', 'published', 'superseded'"


def upgrade() -> None:
    when = sa.DateTime(timezone=True)
    op.create_table(
        "organisation_rulebook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("toml", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", when, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_organisation_rulebook_number_positive")),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_organisation_rulebook_reason_not_blank")),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_organisation_rulebook_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_rulebook")),
        sa.UniqueConstraint("number", name=op.f("uq_organisation_rulebook_number")),
    )
    op.create_index(op.f("ix_organisation_rulebook_written_by_id"), "organisation_rulebook", ["written_by_id"])
    op.create_table(
        "organisation_rulebook_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rulebook_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", when, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_organisation_rulebook_step_status_listed")),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_organisation_rulebook_step_reason_not_blank")),
        sa.ForeignKeyConstraint(
            ["rulebook_id"],
            ["organisation_rulebook.id"],
            name=op.f("fk_organisation_rulebook_step_rulebook_id_organisation_rulebook"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_organisation_rulebook_step_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_rulebook_step")),
    )
    for column in ("person_id", "rulebook_id", "status"):
        name = op.f(f"ix_organisation_rulebook_step_{column}")
        op.create_index(name, "organisation_rulebook_step", [column])
    _refuse()


def _refuse() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        for verb in ("update", "delete"):
            name = f"{table}_refuses_{verb}"
            if postgresql:
                does = "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            else:
                does = f"BEGIN SELECT RAISE(ABORT, '{table} rows refuse {verb}'); END"
            op.execute(f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} {does}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)  # with its triggers and indexes
