"""Indexes for lists of 20,000 cases: a person's parts, and decisions by their day.

Revision: e4a70c95b2d8, after b7d25e90c3f4.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "e4a70c95b2d8"
down_revision: str | Sequence[str] | None = "b7d25e90c3f4"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index("ix_case_part_person_id", "case_part", ["person_id", "part"])
    op.create_index("ix_decision_decided_at", "decision", ["decided_at"])


def downgrade() -> None:
    op.drop_index("ix_decision_decided_at", table_name="decision")
    op.drop_index("ix_case_part_person_id", table_name="case_part")
