"""What people do with cases on their desk: claims, what is put aside, questions to colleagues, joined cases, own views.

Revision: 6b2f8d30c1a4, after b7d2f0c93e18.
"""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision: str = "6b2f8d30c1a4"
down_revision: str | Sequence[str] | None = "b7d2f0c93e18"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
CLOSURES = ("no_concern", "not_theirs", "coaching", "outcome", "speak_up_answered")
HEAD_START = {"medium": 2, "high": 10, "critical": 30}  # days
TABLES = ("queue_choice", "saved_view", "case_join", "help_request", "case_deferral", "case_claim")


def upgrade() -> None:
    _closures((*CLOSURES, "joined"))
    _places()
    op.create_table(
        "case_claim",
        _case(),
        sa.Column("what", sa.String(20), nullable=False),
        _person("person_id", "case_claim"),
        sa.Column("claimed_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "what", name=op.f("pk_case_claim")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], ondelete="CASCADE", name=op.f("fk_case_claim_case_id_case_file")
        ),
        sa.CheckConstraint(
            "what IN ('holding', 'clinical', 'hr', 'data_protection')", name=op.f("ck_case_claim_what_listed")
        ),
        sa.CheckConstraint("until > claimed_at", name=op.f("ck_case_claim_lasts")),
    )
    op.create_index(op.f("ix_case_claim_person_id"), "case_claim", ["person_id"])
    op.create_table(
        "case_deferral",
        _case(),
        _person("person_id", "case_deferral"),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("deferred_at", MOMENT, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_deferral")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], ondelete="CASCADE", name=op.f("fk_case_deferral_case_id_case_file")
        ),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_case_deferral_reason_not_blank")),
    )
    op.create_index(op.f("ix_case_deferral_person_id"), "case_deferral", ["person_id"])
    _questions()
    op.create_table(
        "case_join",
        _case(),
        sa.Column("into_id", sa.Integer(), nullable=False),
        _person("person_id", "case_join"),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_join")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], ondelete="CASCADE", name=op.f("fk_case_join_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["case_file.id"], ondelete="CASCADE", name=op.f("fk_case_join_into_id_case_file")
        ),
        sa.CheckConstraint("case_id <> into_id", name=op.f("ck_case_join_two_cases")),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_case_join_reason_not_blank")),
    )
    op.create_index(op.f("ix_case_join_into_id"), "case_join", ["into_id"])
    _own()


def _places() -> None:
    """Where each case stands in the queue: as if it were due so many days earlier as its severity says."""
    op.add_column("case_file", sa.Column("look_by", MOMENT, nullable=True))
    case = sa.table(
        "case_file",
        *(sa.column(name, MOMENT) for name in ("look_by", "due_at", "stage_since")),
        sa.column("id", sa.Integer()),
        sa.column("severity", sa.String()),
    )
    bind = op.get_bind()
    for row in bind.execute(sa.select(case.c.id, case.c.severity, case.c.due_at, case.c.stage_since)).all():
        start = timedelta(days=HEAD_START.get(row.severity, 0))
        place = (row.due_at or row.stage_since + timedelta(days=60)) - start
        bind.execute(sa.update(case).where(case.c.id == row.id).values(look_by=place))
    with op.batch_alter_table("case_file") as batch:
        batch.alter_column("look_by", existing_type=MOMENT, nullable=False)
    still_open = sa.text("stage <> 'closed'")
    op.create_index(
        "ix_case_file_look_by_open",
        "case_file",
        ["look_by"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_index("ix_case_file_closed_at", "case_file", ["closed_at"])


def _questions() -> None:
    op.create_table(
        "help_request",
        sa.Column("id", sa.Integer(), nullable=False),
        _case(),
        sa.Column("stage", sa.String(20), nullable=False),
        _person("asker_id", "help_request"),
        _person("asked_id", "help_request"),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_request")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], ondelete="CASCADE", name=op.f("fk_help_request_case_id_case_file")
        ),
        sa.CheckConstraint("trim(question) <> ''", name=op.f("ck_help_request_question_not_blank")),
        sa.CheckConstraint("asker_id <> asked_id", name=op.f("ck_help_request_of_somebody_else")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_help_request_answered_is_whole")
        ),
    )
    op.create_index(op.f("ix_help_request_case_id"), "help_request", ["case_id"])
    op.create_index(
        "ix_help_request_asked_id_open",
        "help_request",
        ["asked_id"],
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )


def _own() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("query", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], ondelete="CASCADE", name=op.f("fk_saved_view_person_id_person")
        ),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_saved_view_person_id_name")),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_saved_view_name_not_blank")),
    )
    op.create_table(
        "queue_choice",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("keys", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_queue_choice")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], ondelete="CASCADE", name=op.f("fk_queue_choice_person_id_person")
        ),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_index("ix_case_file_closed_at", table_name="case_file")
    op.drop_index("ix_case_file_look_by_open", table_name="case_file")
    with op.batch_alter_table("case_file") as batch:
        batch.drop_column("look_by")
    # A case that was joined with another stays closed; the nearest older word for it says the least.
    op.execute("UPDATE case_file SET closure = 'no_concern' WHERE closure = 'joined'")
    _closures(CLOSURES)


def _closures(closures: Sequence[str]) -> None:
    listed = ", ".join(f"'{one}'" for one in closures)
    with op.batch_alter_table("case_file") as batch:
        batch.drop_constraint(op.f("ck_case_file_closure_listed"), type_="check")
        batch.create_check_constraint(op.f("ck_case_file_closure_listed"), f"closure IN ({listed})")


def _case() -> sa.Column[int]:
    return sa.Column("case_id", sa.Integer(), nullable=False)


def _person(column: str, table: str) -> sa.Column[int]:
    key = sa.ForeignKey("person.id", name=op.f(f"fk_{table}_{column}_person"))
    return sa.Column(column, sa.Integer(), key, nullable=False)
