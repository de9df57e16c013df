"""The author's objections to people who act in their case, and cases that only named people see.

Revision: c9e38f71d5a6, after 5e93c1a7d608.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "c9e38f71d5a6"
down_revision: str | Sequence[str] | None = "5e93c1a7d608"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('objection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('raised_by_id', sa.Integer(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('upheld', sa.Boolean(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("trim(reason) <> ''", name=op.f('ck_objection_reason_not_blank')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (upheld IS NULL) AND (decided_at IS NULL) = (answer IS NULL)', name=op.f('ck_objection_decided_is_whole')),
    sa.CheckConstraint('decided_by_id <> person_id', name=op.f('ck_objection_not_decided_by_themselves')),
    sa.CheckConstraint('decided_by_id <> raised_by_id', name=op.f('ck_objection_not_decided_by_author')),
    sa.CheckConstraint('person_id <> raised_by_id', name=op.f('ck_objection_objects_to_another')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_objection_case_id_case_file'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_objection_decided_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_objection_person_id_person')),
    sa.ForeignKeyConstraint(['raised_by_id'], ['person.id'], name=op.f('fk_objection_raised_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection')),
    sa.UniqueConstraint('case_id', 'person_id', name=op.f('uq_objection_case_id_person_id'))
    )
    op.create_index(op.f('ix_objection_person_id'), 'objection', ['person_id'], unique=False)
    op.create_table('case_restriction',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.CheckConstraint("trim(reason) <> ''", name=op.f('ck_case_restriction_reason_not_blank')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_case_restriction_by_id_person')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_case_restriction_case_id_case_file'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_restriction'))
    )
    op.create_table('case_named',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_case_named_case_id_case_file'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_case_named_person_id_person')),
    sa.PrimaryKeyConstraint('case_id', 'person_id', name=op.f('pk_case_named'))
    )
    op.create_index(op.f('ix_case_named_person_id'), 'case_named', ['person_id'], unique=False)


def downgrade() -> None:
    for table in ("case_named", "case_restriction", "objection"):
        op.drop_table(table)
