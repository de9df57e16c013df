"""Letters as they were sent, that they were read, and the outbox of mail.

Revision: 8c41e7d2a905, after c10c4a5e7b21.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "8c41e7d2a905"
down_revision: str | Sequence[str] | None = "c10c4a5e7b21"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LETTER_KINDS = (
    "'edit_request', 'reply_invitation', 'outcome', 'appeal_acknowledged', 'appeal_outcome', 'coaching_note', "
    "'reporter_acknowledgement'"
)
MAIL_STATES = "'waiting', 'sending', 'sent', 'failed', 'dropped'"
MAIL_KINDS = "'letter', 'task', 'reminder'"
WHEN = sa.DateTime(timezone=True)
REFUSED = ("letter", "letter_reading")


def upgrade() -> None:
    _letters()
    _outbox()
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table in REFUSED:
        does = (
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            if postgresql
            else f"BEGIN SELECT RAISE(ABORT, '{table} rows refuse update'); END"
        )
        op.execute(f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} {does}")


def _letters() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("heading", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("while_held", sa.Boolean(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", WHEN, nullable=False),
        sa.CheckConstraint(f"kind IN ({LETTER_KINDS})", name=op.f("ck_letter_kind_listed")),
        sa.CheckConstraint("trim(heading) <> ''", name=op.f("ck_letter_heading_not_blank")),
        sa.CheckConstraint("trim(body) <> ''", name=op.f("ck_letter_body_not_blank")),
        sa.CheckConstraint("recipient_id <> sender_id", name=op.f("ck_letter_not_to_oneself")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_letter_case_id_case_file"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["recipient_id"], ["person.id"], name=op.f("fk_letter_recipient_id_person")),
        sa.ForeignKeyConstraint(["sender_id"], ["person.id"], name=op.f("fk_letter_sender_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index(op.f("ix_letter_case_id"), "letter", ["case_id"])
    op.create_index(op.f("ix_letter_recipient_id"), "letter", ["recipient_id"])
    op.create_table(
        "letter_reading",
        sa.Column("letter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("read_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_reading_letter_id_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_letter_reading")),
    )


def _outbox() -> None:
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("dedupe_key", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked_at", WHEN, nullable=False),
        sa.Column("next_try_at", WHEN, nullable=False),
        sa.Column("lease_until", WHEN, nullable=True),
        sa.Column("holder", sa.String(200), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("sent_at", WHEN, nullable=True),
        sa.CheckConstraint(f"state IN ({MAIL_STATES})", name=op.f("ck_outgoing_mail_state_listed")),
        sa.CheckConstraint(f"kind IN ({MAIL_KINDS})", name=op.f("ck_outgoing_mail_kind_listed")),
        sa.CheckConstraint(
            "(state = 'sending') = (lease_until IS NOT NULL)", name=op.f("ck_outgoing_mail_sending_has_lease")
        ),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_outgoing_mail_sent_is_dated")),
        sa.CheckConstraint(
            "state NOT IN ('failed', 'dropped') OR error IS NOT NULL", name=op.f("ck_outgoing_mail_unsent_says_why")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outgoing_mail_attempts_counted")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outgoing_mail_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outgoing_mail_dedupe_key")),
    )
    op.create_index(op.f("ix_outgoing_mail_person_id"), "outgoing_mail", ["person_id"])
    op.create_index("ix_outgoing_mail_state_next_try_at", "outgoing_mail", ["state", "next_try_at"])


def downgrade() -> None:
    for table in ("outgoing_mail", "letter_reading", "letter"):
        op.drop_table(table)  # with its triggers and indexes
