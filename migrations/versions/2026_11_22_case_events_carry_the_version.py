"""Each case event carries the case's version that it made, so that a conflict can show what changed since.

Revision: 8e4a51c7d206, after 8c4e19d2f7a6.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "8e4a51c7d206"
down_revision: str | Sequence[str] | None = "8c4e19d2f7a6"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # Added in place: a batch would make the table anew, and lose the trigger that refuses updates.
    op.add_column("case_event", sa.Column("version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    op.drop_column("case_event", "version")
