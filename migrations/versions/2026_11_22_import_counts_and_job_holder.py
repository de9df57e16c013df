"""Import runs count what changed, what was left out and what could not be read; a job says who holds it.

Revision: 3f7b92d4c6e1, after 8e4a51c7d206.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3f7b92d4c6e1"
down_revision: str | Sequence[str] | None = "8e4a51c7d206"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COUNTS = ("changed", "cases", "unreadable_count", "assumed_utc")


def upgrade() -> None:
    with op.batch_alter_table("import_run") as batch:
        for name in COUNTS:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("left_out", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("import_run") as batch:
        for name in COUNTS:
            batch.alter_column(name, existing_type=sa.Integer(), existing_nullable=False, server_default=None)
        batch.alter_column("left_out", existing_type=sa.JSON(), existing_nullable=False, server_default=None)
    op.execute("UPDATE import_run SET unreadable_count = json_array_length(unreadable)")
    with op.batch_alter_table("job") as batch:
        batch.add_column(sa.Column("holder", sa.String(200), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("job") as batch:
        batch.drop_column("holder")
    with op.batch_alter_table("import_run") as batch:
        for name in (*COUNTS, "left_out"):
            batch.drop_column(name)
