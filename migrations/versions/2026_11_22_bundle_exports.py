"""Who took a bundle of which case, when, for what and why.

Revision: 2d7f60b39ae4, after 8c41e7d2a905.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "2d7f60b39ae4"
down_revision: str | Sequence[str] | None = "8c41e7d2a905"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "bundle_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("format", sa.String(10), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('appeal', 'tribunal', 'subject_access')", name=op.f("ck_bundle_export_purpose_listed")
        ),
        sa.CheckConstraint("format IN ('pdf', 'zip')", name=op.f("ck_bundle_export_format_listed")),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_bundle_export_reason_not_blank")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_bundle_export_sha256_whole")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_bundle_export_case_id_case_file"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_bundle_export_made_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_export")),
    )
    op.create_index(op.f("ix_bundle_export_case_id"), "bundle_export", ["case_id"])
    op.create_index(op.f("ix_bundle_export_made_by_id"), "bundle_export", ["made_by_id"])
    if op.get_bind().dialect.name == "postgresql":
        does = "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    else:
        does = "BEGIN SELECT RAISE(ABORT, 'bundle_export rows refuse update'); END"
    op.execute(f"CREATE TRIGGER bundle_export_refuses_update BEFORE UPDATE ON bundle_export {does}")


def downgrade() -> None:
    op.drop_table("bundle_export")  # with its trigger and indexes
