"""Clocks of stages and tasks, with their pauses and what people were told; tasks; when the stage of a case is due.

Revision: c10c4a5e7b21, after 6b0d9e3f5a74.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "c10c4a5e7b21"
down_revision: str | Sequence[str] | None = "6b0d9e3f5a74"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "case_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("aware_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("report", sa.String(length=20), nullable=True),
        sa.Column("report_reference", sa.String(length=200), nullable=True),
        sa.Column("delay_reasons", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (ended_at IS NULL) AND (state = 'open') = (ended_by_id IS NULL) AND (state = 'open') = (words IS NULL)",
            name=op.f("ck_case_task_ended_is_whole"),
        ),
        sa.CheckConstraint(
            "kind <> 'data_breach' OR state <> 'done' OR report IS NOT NULL",
            name=op.f("ck_case_task_breach_has_decision"),
        ),
        sa.CheckConstraint(
            "kind IN ('takedown', 'data_breach', 'patient_notification', 'referral_advice')",
            name=op.f("ck_case_task_kind_listed"),
        ),
        sa.CheckConstraint("report IN ('reported', 'not_reported')", name=op.f("ck_case_task_report_listed")),
        sa.CheckConstraint(
            "report IS NULL OR (kind = 'data_breach' AND state = 'done')",
            name=op.f("ck_case_task_report_of_a_breach"),
        ),
        sa.CheckConstraint(
            "report IS NULL OR (report = 'reported') = (report_reference IS NOT NULL)",
            name=op.f("ck_case_task_reported_has_reference"),
        ),
        sa.CheckConstraint("state IN ('open', 'done', 'cancelled')", name=op.f("ck_case_task_state_listed")),
        sa.CheckConstraint("words IS NULL OR trim(words) <> ''", name=op.f("ck_case_task_words_not_blank")),
        sa.CheckConstraint(
            "opened_by_id IS NULL OR why IS NOT NULL", name=op.f("ck_case_task_opened_by_hand_says_why")
        ),
        sa.ForeignKeyConstraint(["assignee_id"], ["person.id"], name=op.f("fk_case_task_assignee_id_person")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_task_case_id_case_file"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_case_task_ended_by_id_person")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_case_task_opened_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_task")),
    )
    op.create_index("ix_case_task_assignee_id", "case_task", ["assignee_id"], unique=False)
    op.create_index("ix_case_task_case_id", "case_task", ["case_id"], unique=False)
    op.create_index("ix_case_task_state_kind", "case_task", ["state", "kind"], unique=False)
    op.create_index(
        "uq_case_task_case_id_kind_open",
        "case_task",
        ["case_id", "kind"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )

    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=True),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("warn", sa.Integer(), nullable=False),
        sa.Column("nation", sa.String(length=20), nullable=False),
        sa.Column("starts", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("pausable", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "nation IN ('england', 'wales', 'scotland', 'northern_ireland')", name=op.f("ck_clock_nation_listed")
        ),
        sa.CheckConstraint("outcome IN ('met', 'missed')", name=op.f("ck_clock_outcome_listed")),
        sa.CheckConstraint("unit IN ('working_days', 'hours')", name=op.f("ck_clock_unit_listed")),
        sa.CheckConstraint("(due_at IS NULL) = (warn_at IS NULL)", name=op.f("ck_clock_due_with_warning")),
        sa.CheckConstraint("(stage IS NULL) <> (task_id IS NULL)", name=op.f("ck_clock_of_stage_or_task")),
        sa.CheckConstraint("(stopped_at IS NULL) = (outcome IS NULL)", name=op.f("ck_clock_stopped_has_outcome")),
        sa.CheckConstraint("pausable OR due_at IS NOT NULL", name=op.f("ck_clock_never_paused_is_due")),
        sa.CheckConstraint(
            "stopped_at IS NULL OR (stopped_at >= started_at AND due_at IS NOT NULL)",
            name=op.f("ck_clock_stopped_is_whole"),
        ),
        sa.CheckConstraint("target > 0 AND warn >= 0 AND warn <= target", name=op.f("ck_clock_target_positive")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_clock_case_id_case_file"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["case_task.id"], name=op.f("fk_clock_task_id_case_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
        sa.UniqueConstraint("id", "pausable", name=op.f("uq_clock_id_pausable")),
        sa.UniqueConstraint("task_id", name=op.f("uq_clock_task_id")),
    )
    op.create_index("ix_clock_case_id", "clock", ["case_id"], unique=False)
    op.create_index("ix_clock_stopped_at_warn_at", "clock", ["stopped_at", "warn_at"], unique=False)
    op.create_index(
        "uq_clock_case_id_running",
        "clock",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("stopped_at IS NULL AND task_id IS NULL"),
        postgresql_where=sa.text("stopped_at IS NULL AND task_id IS NULL"),
    )

    op.create_table(
        "clock_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clock_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('warning', 'escalation')", name=op.f("ck_clock_notice_kind_listed")),
        sa.ForeignKeyConstraint(
            ["clock_id"], ["clock.id"], name=op.f("fk_clock_notice_clock_id_clock"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_clock_notice_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_notice")),
        sa.UniqueConstraint("clock_id", "kind", "person_id", name=op.f("uq_clock_notice_clock_id_kind_person_id")),
    )
    op.create_index("ix_clock_notice_person_id", "clock_notice", ["person_id"], unique=False)

    op.create_table(
        "clock_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clock_id", sa.Integer(), nullable=False),
        sa.Column("pausable", sa.Boolean(), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resumed_by_id", sa.Integer(), nullable=True),
        sa.Column("resumed_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_clock_pause_reason_not_blank")),
        sa.CheckConstraint("pausable", name=op.f("ck_clock_pause_only_pausable")),
        sa.CheckConstraint(
            "resumed_at IS NULL OR resumed_at >= paused_at", name=op.f("ck_clock_pause_never_negative")
        ),
        sa.ForeignKeyConstraint(
            ["clock_id", "pausable"],
            ["clock.id", "clock.pausable"],
            name=op.f("fk_clock_pause_clock_id_pausable_clock"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["paused_by_id"], ["person.id"], name=op.f("fk_clock_pause_paused_by_id_person")),
        sa.ForeignKeyConstraint(["resumed_by_id"], ["person.id"], name=op.f("fk_clock_pause_resumed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_pause")),
    )
    op.create_index("ix_clock_pause_clock_id", "clock_pause", ["clock_id"], unique=False)
    op.create_index(
        "uq_clock_pause_clock_id_open",
        "clock_pause",
        ["clock_id"],
        unique=True,
        sqlite_where=sa.text("resumed_at IS NULL"),
        postgresql_where=sa.text("resumed_at IS NULL"),
    )

    # In place: what others keep in this table, and point to in it, is left alone.
    op.add_column("case_file", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case_file", sa.Column("paused_since", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_case_file_stage_due_at", "case_file", ["stage", "due_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_case_file_stage_due_at", "case_file")
    op.drop_column("case_file", "paused_since")
    op.drop_column("case_file", "due_at")
    for table in ("clock_pause", "clock_notice", "clock", "case_task"):
        op.drop_table(table)
