"""A second person, appeals, the whole ladder of outcomes, and the just-culture questions.

A case has several decisions: which was issued, and which is in force, stands in issued_decision. Going down, the database
refuses where a row has no place in the older tables (a formal outcome, a second decision of a case).

Revision: b7d2f0c93e18, after 2d7f60b39ae4.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "b7d2f0c93e18"
down_revision: str | Sequence[str] | None = "2d7f60b39ae4"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INFORMAL = (
    "no_action",
    "supportive_conversation",
    "reflection",
    "learning",
    "edit_or_takedown",
    "declaration_of_interest",
    "informal_resolution",
)
OUTCOMES = (*INFORMAL, "data_protection_report", "formal_investigation", "referral_considered", "police")
STAGES = ("held", "triage", "review", "reply", "decision", "issued", "closed")
MORE_STAGES = ("held", "triage", "review", "reply", "decision", "countersign", "issued", "appeal", "closed")
DECIDED = ("review", "reply", "decision", "issued")
MORE_DECIDED = ("review", "reply", "decision", "countersign", "issued", "appeal")
PARTS = ("subject", "reporter", "decider", "opinion")
MORE_PARTS = (*PARTS, "countersign", "appeal")
BASES = ("first", "anew", "settled", "appeal")


def one_of(column: str, values: Sequence[str]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


def routed(stages: Sequence[str]) -> str:
    listed = ", ".join(f"'{stage}'" for stage in stages)
    return f"stage NOT IN ({listed}) OR (route IS NOT NULL AND decider_id IS NOT NULL)"


def upgrade() -> None:
    with op.batch_alter_table("case_file") as batch:
        batch.drop_constraint(op.f("ck_case_file_stage_listed"), type_="check")
        batch.create_check_constraint(op.f("ck_case_file_stage_listed"), one_of("stage", MORE_STAGES))
        batch.drop_constraint(op.f("ck_case_file_review_has_route_and_decider"), type_="check")
        batch.create_check_constraint(
            op.f("ck_case_file_review_has_route_and_decider"), routed(MORE_DECIDED)
        )
    with op.batch_alter_table("case_part") as batch:
        batch.drop_constraint(op.f("ck_case_part_part_listed"), type_="check")
        batch.create_check_constraint(op.f("ck_case_part_part_listed"), one_of("part", MORE_PARTS))
    with op.batch_alter_table("decision") as batch:
        batch.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("basis", sa.String(20), nullable=False, server_default="first"))
        batch.add_column(sa.Column("changed", sa.Text(), nullable=True))
        batch.drop_constraint(op.f("uq_decision_case_id"), type_="unique")
        batch.create_unique_constraint(op.f("uq_decision_case_id_number"), ["case_id", "number"])
        batch.create_unique_constraint(
            op.f("uq_decision_id_case_id_decider_id"), ["id", "case_id", "decider_id"]
        )
        batch.drop_constraint(op.f("ck_decision_outcome_listed"), type_="check")
        batch.create_check_constraint(op.f("ck_decision_outcome_listed"), one_of("outcome", OUTCOMES))
        batch.create_check_constraint(op.f("ck_decision_basis_listed"), one_of("basis", BASES))
        batch.create_check_constraint(op.f("ck_decision_number_positive"), "number > 0")
        batch.create_check_constraint(
            op.f("ck_decision_anew_says_what_changed"), "basis <> 'anew' OR changed IS NOT NULL"
        )
    _refuse_updates_again()
    _create_issued()
    _create_countersignature()
    _create_formal_steps()
    _create_appeal()
    _create_just_culture()


def _refuse_updates_again() -> None:
    """On SQLite a batch makes the table anew, without its triggers."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER decision_refuses_update BEFORE UPDATE ON decision "
            "BEGIN SELECT RAISE(ABORT, 'decision rows refuse update'); END"
        )


def _create_issued() -> None:
    op.create_table(
        "issued_decision",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_issued_decision_decision_id_decision"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_issued_decision_case_id_case_file"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_issued_decision")),
    )
    op.create_index(op.f("ix_issued_decision_case_id"), "issued_decision", ["case_id"])
    op.create_index(
        "uq_issued_decision_case_id_in_force",
        "issued_decision",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.execute(
        "INSERT INTO issued_decision (decision_id, case_id, issued_at) SELECT id, case_id, decided_at FROM decision"
    )


def _of_decision(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["decision_id", "case_id", "decider_id"],
        ["decision.id", "decision.case_id", "decision.decider_id"],
        name=op.f(f"fk_{table}_decision_id_case_id_decider_id_decision"),
        ondelete="CASCADE",
    )


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_{table}_{column}_person"))


def _create_countersignature() -> None:
    op.create_table(
        "countersignature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("decider_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(20), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(one_of("outcome", OUTCOMES), name=op.f("ck_countersignature_outcome_listed")),
        sa.CheckConstraint(
            one_of("answer", ("agreed", "differed", "stepped_back")),
            name=op.f("ck_countersignature_answer_listed"),
        ),
        sa.CheckConstraint("reviewer_id <> decider_id", name=op.f("ck_countersignature_another_person")),
        sa.CheckConstraint(
            "(written_at IS NULL) = (outcome IS NULL) AND (written_at IS NULL) = (reasons IS NULL)",
            name=op.f("ck_countersignature_written_is_whole"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_countersignature_answer_has_its_time")
        ),
        sa.CheckConstraint(
            "answer IS NULL OR answer = 'stepped_back' OR written_at IS NOT NULL",
            name=op.f("ck_countersignature_answer_after_own_opinion"),
        ),
        _of_decision("countersignature"),
        _person("countersignature", "reviewer_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countersignature")),
        sa.UniqueConstraint(
            "decision_id", "reviewer_id", name=op.f("uq_countersignature_decision_id_reviewer_id")
        ),
    )
    op.create_index(op.f("ix_countersignature_case_id"), "countersignature", ["case_id"])
    op.create_index(op.f("ix_countersignature_reviewer_id"), "countersignature", ["reviewer_id"])


def _create_formal_steps() -> None:
    op.create_table(
        "investigation",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(20), nullable=False),
        sa.Column("case_manager_id", sa.Integer(), nullable=False),
        sa.Column("investigator_id", sa.Integer(), nullable=False),
        sa.Column("designated_member_id", sa.Integer(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.CheckConstraint(one_of("scheme", ("mhps", "local")), name=op.f("ck_investigation_scheme_listed")),
        sa.CheckConstraint("trim(terms) <> ''", name=op.f("ck_investigation_terms_not_blank")),
        sa.CheckConstraint(
            "(scheme = 'mhps') = (designated_member_id IS NOT NULL)",
            name=op.f("ck_investigation_mhps_has_designated_member"),
        ),
        sa.CheckConstraint(
            "case_manager_id <> investigator_id AND (designated_member_id IS NULL OR "
            "(designated_member_id <> case_manager_id AND designated_member_id <> investigator_id))",
            name=op.f("ck_investigation_different_people"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_investigation_decision_id_decision"),
            ondelete="CASCADE",
        ),
        _person("investigation", "case_manager_id"),
        _person("investigation", "investigator_id"),
        _person("investigation", "designated_member_id"),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_investigation")),
    )
    op.create_table(
        "referral",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("regulator", sa.String(20), nullable=True),
        sa.Column("refer", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=True),
        sa.Column("talked_to", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint(
            one_of("reason", ("serious_risk", "not_manageable_locally", "public_confidence")),
            name=op.f("ck_referral_reason_listed"),
        ),
        sa.CheckConstraint("trim(why) <> ''", name=op.f("ck_referral_why_not_blank")),
        sa.CheckConstraint(
            "NOT refer OR (reason IS NOT NULL AND talked_to IS NOT NULL)",
            name=op.f("ck_referral_refer_is_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_referral_decision_id_decision"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_referral")),
    )


def _create_appeal() -> None:
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("decider_id", sa.Integer(), nullable=False),
        sa.Column("hearer_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("companion", sa.String(200), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(20), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("new_decision_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            one_of("result", ("upheld", "varied", "overturned")), name=op.f("ck_appeal_result_listed")
        ),
        sa.CheckConstraint("trim(grounds) <> ''", name=op.f("ck_appeal_grounds_not_blank")),
        sa.CheckConstraint("hearer_id <> decider_id", name=op.f("ck_appeal_heard_by_another")),
        sa.CheckConstraint(
            "(result IS NULL) = (decided_at IS NULL) AND (result IS NULL) = (reasons IS NULL) "
            "AND (result IS NULL OR hearer_id IS NOT NULL)",
            name=op.f("ck_appeal_decided_is_whole"),
        ),
        sa.CheckConstraint(
            "(new_decision_id IS NOT NULL) = (result IS NOT NULL AND result <> 'upheld')",
            name=op.f("ck_appeal_new_decision_unless_upheld"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_appeal_answer_has_its_time")
        ),
        _of_decision("appeal"),
        _person("appeal", "hearer_id"),
        sa.ForeignKeyConstraint(
            ["new_decision_id"], ["decision.id"], name=op.f("fk_appeal_new_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("case_id", name=op.f("uq_appeal_case_id")),
    )
    op.create_index(op.f("ix_appeal_hearer_id"), "appeal", ["hearer_id"])


def _create_just_culture() -> None:
    answers = ("yes", "no", "unclear")
    questions = ("deliberate", "health", "foresight", "others")
    op.create_table(
        "just_culture",
        sa.Column("opinion_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(10), nullable=False) for name in questions),
        *(
            sa.CheckConstraint(one_of(name, answers), name=op.f(f"ck_just_culture_{name}_listed"))
            for name in questions
        ),
        sa.ForeignKeyConstraint(
            ["opinion_id"],
            ["opinion.id"],
            name=op.f("fk_just_culture_opinion_id_opinion"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("opinion_id", name=op.f("pk_just_culture")),
    )


def downgrade() -> None:
    for table in ("just_culture", "appeal", "referral", "investigation", "countersignature", "issued_decision"):
        op.drop_table(table)
    with op.batch_alter_table("decision") as batch:
        for name in ("outcome_listed", "basis_listed", "number_positive", "anew_says_what_changed"):
            batch.drop_constraint(op.f(f"ck_decision_{name}"), type_="check")
        batch.create_check_constraint(op.f("ck_decision_outcome_listed"), one_of("outcome", INFORMAL))
        batch.drop_constraint(op.f("uq_decision_id_case_id_decider_id"), type_="unique")
        batch.drop_constraint(op.f("uq_decision_case_id_number"), type_="unique")
        batch.create_unique_constraint(op.f("uq_decision_case_id"), ["case_id"])
        for name in ("number", "basis", "changed"):
            batch.drop_column(name)
    _refuse_updates_again()
    with op.batch_alter_table("case_part") as batch:
        batch.drop_constraint(op.f("ck_case_part_part_listed"), type_="check")
        batch.create_check_constraint(op.f("ck_case_part_part_listed"), one_of("part", PARTS))
    with op.batch_alter_table("case_file") as batch:
        batch.drop_constraint(op.f("ck_case_file_review_has_route_and_decider"), type_="check")
        batch.create_check_constraint(op.f("ck_case_file_review_has_route_and_decider"), routed(DECIDED))
        batch.drop_constraint(op.f("ck_case_file_stage_listed"), type_="check")
        batch.create_check_constraint(op.f("ck_case_file_stage_listed"), one_of("stage", STAGES))
