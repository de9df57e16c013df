"""Reports of posts, with the files that show them; and the part of whoever complained.

Revision: a41f0c6be210, after 6b2f8d30c1a4.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "a41f0c6be210"
down_revision: str | Sequence[str] | None = "6b2f8d30c1a4"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PARTS_BEFORE = ("subject", "reporter", "decider", "opinion", "countersign", "appeal")
PARTS = ("subject", "reporter", "complainant", "decider", "opinion", "countersign", "appeal")


def upgrade() -> None:
    _list_parts(PARTS)
    op.create_table('report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('way', sa.String(length=20), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('may_name', sa.Boolean(), nullable=False),
    sa.Column('from_whom', sa.String(length=200), nullable=True),
    sa.Column('their_reference', sa.String(length=100), nullable=True),
    sa.Column('complainant_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('about_whom', sa.Text(), nullable=True),
    sa.Column('platform', sa.String(length=20), nullable=False),
    sa.Column('audience', sa.String(length=20), nullable=True),
    sa.Column('url', sa.String(length=1000), nullable=True),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('worry', sa.Text(), nullable=False),
    sa.Column('severity', sa.String(length=20), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('desk', sa.String(length=20), nullable=False),
    sa.Column('reviewed_before', sa.Boolean(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('handled_by_id', sa.Integer(), nullable=True),
    sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handled_reason', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'in_case') = (case_id IS NOT NULL)", name=op.f('ck_report_in_case_has_case')),
    sa.CheckConstraint("(way IN ('patient_complaint', 'regulator_letter')) = (from_whom IS NOT NULL)", name=op.f('ck_report_from_outside_has_name')),
    sa.CheckConstraint("audience IN ('public', 'followers', 'closed_group', 'direct')", name=op.f('ck_report_audience_listed')),
    sa.CheckConstraint("desk IN ('hr', 'guardian')", name=op.f('ck_report_desk_listed')),
    sa.CheckConstraint("platform IN ('x', 'bluesky', 'mastodon', 'facebook', 'instagram', 'linkedin', 'tiktok', 'youtube', 'threads', 'reddit', 'whatsapp', 'blog', 'other')", name=op.f('ck_report_platform_listed')),
    sa.CheckConstraint("severity IN ('none', 'low', 'medium', 'high', 'critical')", name=op.f('ck_report_severity_listed')),
    sa.CheckConstraint("state <> 'in_case' OR person_id IS NOT NULL", name=op.f('ck_report_in_case_has_person')),
    sa.CheckConstraint("state <> 'set_aside' OR handled_by_id IS NOT NULL", name=op.f('ck_report_set_aside_by_somebody')),
    sa.CheckConstraint("state IN ('waiting', 'in_case', 'set_aside')", name=op.f('ck_report_state_listed')),
    sa.CheckConstraint("trim(text) <> ''", name=op.f('ck_report_text_not_blank')),
    sa.CheckConstraint("trim(worry) <> ''", name=op.f('ck_report_worry_not_blank')),
    sa.CheckConstraint("way <> 'self_report' OR person_id = made_by_id", name=op.f('ck_report_self_report_is_own')),
    sa.CheckConstraint("way IN ('report', 'self_report', 'patient_complaint', 'regulator_letter')", name=op.f('ck_report_way_listed')),
    sa.CheckConstraint('(handled_by_id IS NULL) = (handled_at IS NULL)', name=op.f('ck_report_handled_is_whole')),
    sa.CheckConstraint('complainant_id <> person_id', name=op.f('ck_report_complainant_is_another')),
    sa.CheckConstraint('handled_by_id <> person_id', name=op.f('ck_report_not_handled_by_subject')),
    sa.CheckConstraint('length(text) <= 20000', name=op.f('ck_report_text_length')),
    sa.ForeignKeyConstraint(['account_id'], ['social_account.id'], name=op.f('fk_report_account_id_social_account')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_report_case_id_case_file')),
    sa.ForeignKeyConstraint(['complainant_id'], ['person.id'], name=op.f('fk_report_complainant_id_person')),
    sa.ForeignKeyConstraint(['handled_by_id'], ['person.id'], name=op.f('fk_report_handled_by_id_person')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_report_made_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_report_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report'))
    )
    op.create_index(op.f('ix_report_case_id'), 'report', ['case_id'], unique=False)
    op.create_index(op.f('ix_report_made_by_id'), 'report', ['made_by_id'], unique=False)
    op.create_index(op.f('ix_report_person_id'), 'report', ['person_id'], unique=False)
    op.create_index(op.f('ix_report_state'), 'report', ['state'], unique=False)
    op.create_table('report_evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['person.id'], name=op.f('fk_report_evidence_added_by_id_person')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_evidence_report_id_report'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_evidence')),
    sa.UniqueConstraint('report_id', 'sha256', name=op.f('uq_report_evidence_report_id_sha256')),
    info={'refuses': ('update',)}
    )
    _refuse_update("report_evidence")


def downgrade() -> None:
    op.drop_table("report_evidence")  # with its trigger
    op.drop_table("report")
    op.execute("DELETE FROM case_part WHERE part = 'complainant'")
    _list_parts(PARTS_BEFORE)


def _list_parts(parts: Sequence[str]) -> None:
    name, listed = op.f("ck_case_part_part_listed"), ", ".join(f"'{part}'" for part in parts)
    postgresql = op.get_bind().dialect.name == "postgresql"
    with op.batch_alter_table("case_part") as batch:
        if postgresql:  # SQLite's table is made anew without its old CHECK
            batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"part IN ({listed})")


def _refuse_update(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        does = "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    else:
        does = f"BEGIN SELECT RAISE(ABORT, '{table} rows refuse update'); END"
    op.execute(f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} {does}")
