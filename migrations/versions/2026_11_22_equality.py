"""What an organisation supplies for its fairness figures, apart from everything else.

Revision: 5e93c1a7d608, after e4a70c95b2d8.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "5e93c1a7d608"
down_revision: str | Sequence[str] | None = "e4a70c95b2d8"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "equality_supply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("supplied_by_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.CheckConstraint("people >= 0 AND unknown >= 0", name=op.f("ck_equality_supply_counts_positive")),
        sa.ForeignKeyConstraint(
            ["supplied_by_id"], ["person.id"], name=op.f("fk_equality_supply_supplied_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equality_supply")),
    )
    op.create_table(
        "equality_fact",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("grade", sa.String(100), nullable=True),
        sa.Column("qualified_in", sa.String(100), nullable=True),
        sa.Column("ethnicity", sa.String(100), nullable=True),
        sa.CheckConstraint(
            "grade IS NOT NULL OR qualified_in IS NOT NULL OR ethnicity IS NOT NULL",
            name=op.f("ck_equality_fact_says_something"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_equality_fact_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_equality_fact")),
    )


def downgrade() -> None:
    op.drop_table("equality_fact")
    op.drop_table("equality_supply")
