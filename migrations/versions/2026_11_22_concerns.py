"""Concerns that were raised, the steps of following each, and whom they touch.

Revision: b7d25e90c3f4, after a41f0c6be210.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "b7d25e90c3f4"
down_revision: str | Sequence[str] | None = "a41f0c6be210"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('concern',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('raised_by_id', sa.Integer(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("trim(about) <> ''", name=op.f('ck_concern_about_not_blank')),
    sa.CheckConstraint('(closed_at IS NULL) = (closed_by_id IS NULL)', name=op.f('ck_concern_closed_is_whole')),
    sa.CheckConstraint('closed_by_id <> raised_by_id', name=op.f('ck_concern_not_closed_by_raiser')),
    sa.CheckConstraint('recorded_by_id <> raised_by_id', name=op.f('ck_concern_not_recorded_by_raiser')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_concern_case_id_case_file'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['closed_by_id'], ['person.id'], name=op.f('fk_concern_closed_by_id_person')),
    sa.ForeignKeyConstraint(['raised_by_id'], ['person.id'], name=op.f('fk_concern_raised_by_id_person')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_concern_recorded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concern'))
    )
    op.create_index(op.f('ix_concern_case_id'), 'concern', ['case_id'], unique=False)
    op.create_index(op.f('ix_concern_closed_at'), 'concern', ['closed_at'], unique=False)
    op.create_index(op.f('ix_concern_raised_by_id'), 'concern', ['raised_by_id'], unique=False)
    op.create_table('concern_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('concern_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('to_whom', sa.String(length=200), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.CheckConstraint("kind <> 'passed_on' OR to_whom IS NOT NULL", name=op.f('ck_concern_step_passed_on_to_somebody')),
    sa.CheckConstraint("kind IN ('passed_on', 'done', 'told', 'note', 'closed')", name=op.f('ck_concern_step_kind_listed')),
    sa.CheckConstraint("trim(words) <> ''", name=op.f('ck_concern_step_words_not_blank')),
    sa.ForeignKeyConstraint(['actor_id'], ['person.id'], name=op.f('fk_concern_step_actor_id_person')),
    sa.ForeignKeyConstraint(['concern_id'], ['concern.id'], name=op.f('fk_concern_step_concern_id_concern'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concern_step')),
    info={'refuses': ('update',)}
    )
    op.create_index(op.f('ix_concern_step_concern_id'), 'concern_step', ['concern_id'], unique=False)
    op.create_table('concern_touched',
    sa.Column('concern_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('named_by_id', sa.Integer(), nullable=False),
    sa.Column('named_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("trim(why) <> ''", name=op.f('ck_concern_touched_why_not_blank')),
    sa.ForeignKeyConstraint(['concern_id'], ['concern.id'], name=op.f('fk_concern_touched_concern_id_concern'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['named_by_id'], ['person.id'], name=op.f('fk_concern_touched_named_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_concern_touched_person_id_person')),
    sa.PrimaryKeyConstraint('concern_id', 'person_id', name=op.f('pk_concern_touched'))
    )
    if op.get_bind().dialect.name == "postgresql":
        does = "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    else:
        does = "BEGIN SELECT RAISE(ABORT, 'concern_step rows refuse update'); END"
    op.execute(f"CREATE TRIGGER concern_step_refuses_update BEFORE UPDATE ON concern_step {does}")


def downgrade() -> None:
    for table in ("concern_touched", "concern_step", "concern"):
        op.drop_table(table)  # with its trigger
