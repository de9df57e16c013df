"""Reading cases: only those that a person may see. The views of the queue stand in desk/views.py."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from governance.assessments.models import Assessment, AssessmentCategory
from governance.cases.desk.models import CaseClaim, HelpRequest
from governance.cases.models import (
    Appeal,
    Case,
    CaseGuard,
    CasePart,
    Countersignature,
    Decision,
    IssuedDecision,
    Opinion,
    Recusal,
)
from governance.cases.objection.queries import not_under_objection, seen_by_objection
from governance.cases.restriction.queries import inside, named, restricted
from governance.cases.standing import ACTING, GUARDED_FROM_LINE, KIND_ROLES
from governance.kernel import clock
from governance.people.models import Person, Role
from governance.people.roles import RoleName

REFERENCE = re.compile(r"CASE-[0-9]{4}-[0-9]{4,9}", re.IGNORECASE)
SIMILAR_WITHIN = timedelta(days=730)
MOST_SIMILAR = 200
"""What was decided lately says more than what was decided long ago, and a list of thousands is read by nobody."""


def visible_to(person: Person) -> ColumnElement[bool]:
    """The condition on Case that `person` may see it. Twin of policy.can_see."""
    if not person.active:
        return Case.id.is_(None)
    return or_(Case.subject_id == person.id, seen_of_others(person))


def seen_of_others(person: Person) -> ColumnElement[bool]:
    """The condition that `person` may see it, and that it is about somebody else's post."""
    reported = exists().where(
        CasePart.case_id == Case.id,
        CasePart.person_id == person.id,
        CasePart.part.in_(("reporter", "complainant")),
    )
    left = exists().where(Recusal.case_id == Case.id, Recusal.person_id == person.id)
    return and_(
        true() if person.active else Case.id.is_(None),
        Case.subject_id != person.id,
        or_(*_reasons(person)),
        or_(~restricted(), inside(person), help_asked_of(person)),
        ~reported,
        ~left,
    )


def _reasons(person: Person) -> list[ColumnElement[bool]]:
    """Why a person may see a case about somebody else.

    What is a person's own is found by an index from the person: `IN`. What many cases have, an opinion by HR say, is
    asked of each case that is looked at: `EXISTS`. The other way round a list of 20,000 is made before the first row.
    """
    roles, released = person.role_names, Case.stage != "held"
    acted = select(CasePart.case_id).where(CasePart.person_id == person.id, CasePart.part.in_(ACTING))
    reasons = [
        Case.holder_id == person.id,
        help_asked_of(person),
        and_(Case.decider_id == person.id, released),
        and_(Case.id.in_(acted), released),
        seen_by_objection(person),
        and_(named(person), released),
    ]
    if RoleName.CLINICAL_LEAD in roles:
        reasons.append(and_(Case.stage == "review", _opinion("clinical", Opinion.written_at.is_(None))))
    if RoleName.HR in roles:
        in_hr = select(Person.id).where(Person.roles.any(Role.name == RoleName.HR.value))
        reasons.append(and_(released, Case.holder_id.in_(in_hr)))
        reasons.append(and_(released, _opinion("hr")))
    if RoleName.DPO in roles:
        reasons.append(and_(released, _opinion("data_protection")))
    if RoleName.GUARDIAN in roles:
        reasons.append(Case.stage == "held")
        reasons.append(exists().where(CaseGuard.case_id == Case.id, CaseGuard.guard == GUARDED_FROM_LINE))
    if RoleName.MANAGER in roles:
        reports = select(Person.id).where(Person.line_manager_id == person.id)
        guarded = exists().where(CaseGuard.case_id == Case.id)
        reasons.append(and_(released, Case.holder_id.in_(reports), ~guarded))
    return reasons


def _opinion(kind: str, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Opinion.case_id == Case.id, Opinion.kind == kind, *more)


def help_asked_of(person: Person) -> ColumnElement[bool]:
    """The condition on Case that the help of `person` is asked. Twin of desk/asked.py's asked_for_help."""
    now_open = select(HelpRequest.case_id).where(
        HelpRequest.asked_id == person.id, HelpRequest.answered_at.is_(None)
    )
    with_guardian = now_open.where(HelpRequest.stage == "held")
    return or_(
        and_(Case.stage.not_in(("held", "closed")), Case.id.in_(now_open)),
        and_(Case.stage == "held", Case.id.in_(with_guardian)),
    )


def waits_for(person: Person) -> ColumnElement[bool]:
    """The condition on Case that `person` is the one to act now. Twin of stages.primary_act, the author's answer apart."""
    kinds = [kind for kind, role in KIND_ROLES.items() if role in person.role_names]
    owed = exists().where(Opinion.case_id == Case.id, Opinion.kind.in_(kinds), Opinion.written_at.is_(None))
    has_part = exists().where(CasePart.case_id == Case.id, CasePart.person_id == person.id)
    second = select(Countersignature.case_id).where(
        Countersignature.reviewer_id == person.id, Countersignature.answer.is_(None)
    )
    unheard = select(Appeal.case_id).where(Appeal.hearer_id.is_(None))
    heard = select(Appeal.case_id).where(Appeal.hearer_id == person.id)
    judges = or_(
        and_(Case.stage.in_(("held", "triage")), Case.holder_id == person.id),
        and_(Case.stage == "countersign", Case.id.in_(second)),
        and_(Case.stage == "appeal", Case.id.in_(heard)),
        and_(Case.stage == "decision", Case.decider_id == person.id),
        and_(Case.stage == "review", owed, ~has_part),
    )
    return or_(
        help_asked_of(person),
        and_(judges, not_under_objection(person)),
        and_(Case.stage == "issued", or_(Case.holder_id == person.id, Case.decider_id == person.id)),
        and_(Case.stage == "appeal", Case.id.in_(unheard), Case.holder_id == person.id),
    )


def for_rows() -> tuple[ExecutableOption, ...]:
    """What a row of the queue shows, read for the whole page at once, after the page is cut from the sorted list."""
    return (
        selectinload(Case.holder),
        selectinload(Case.post),
        selectinload(Case.deferral),
        selectinload(Case.assessment).selectinload(Assessment.categories),
        selectinload(Case.of_post).selectinload(Assessment.categories),
        selectinload(Case.claims).joinedload(CaseClaim.person),
        selectinload(Case.opinions),
        selectinload(Case.parts),
        selectinload(Case.recusals),
    )


def by_reference(session: Session, reference: str) -> Case | None:
    """The case with this reference, whoever asks: look at policy.can_see before showing anything of it."""
    if not REFERENCE.fullmatch(reference):
        return None
    return session.scalar(
        select(Case)
        .where(Case.reference == reference.upper())
        .options(
            joinedload(Case.subject),
            joinedload(Case.holder),
            joinedload(Case.decider),
            joinedload(Case.post),
            joinedload(Case.assessment),
            selectinload(Case.parts),
            selectinload(Case.recusals),
            selectinload(Case.guards),
            selectinload(Case.helps),
            selectinload(Case.opinions).joinedload(Opinion.author),
        )
    )


def about(session: Session, person: Person) -> list[Case]:
    """The cases about posts of `person`, the open ones first, then the latest."""
    query = (
        select(Case)
        .where(Case.subject_id == person.id)
        .order_by(Case.stage == "closed", Case.opened_at.desc(), Case.id.desc())
        .options(*for_rows())
    )
    return list(session.scalars(query))


def in_force(decision: type[Decision]) -> ColumnElement[bool]:
    """The condition on IssuedDecision that this decision is the one in force in its case."""
    return and_(IssuedDecision.decision_id == decision.id, IssuedDecision.ended_at.is_(None))


def outcomes_of_similar(session: Session, case_file: Case) -> list[tuple[str, int]]:
    """How cases with the same worst category and severity were decided in two years: (outcome, number), most first.

    The last MOST_SIMILAR of them at most. Only counts: neither persons nor posts.
    """
    rows = [row for check in case_file.checks for row in check.categories]
    worst = {row.category for row in rows if row.severity == case_file.severity}
    other = aliased(Case)
    alike = exists().where(
        AssessmentCategory.assessment_id == other.assessment_id,
        AssessmentCategory.category.in_(worst),
        AssessmentCategory.severity == case_file.severity,
    )
    latest = (
        select(Decision.outcome)
        .join(IssuedDecision, in_force(Decision))
        .join(other, other.id == Decision.case_id)
        .where(
            other.id != case_file.id,
            other.severity == case_file.severity,
            Decision.decided_at > clock.now() - SIMILAR_WITHIN,
            alike,
        )
        .order_by(Decision.decided_at.desc())
        .limit(MOST_SIMILAR)
        .subquery()
    )
    number = func.count()
    query = (
        select(latest.c.outcome, number).group_by(latest.c.outcome).order_by(number.desc(), latest.c.outcome)
    )
    return [(outcome, found) for outcome, found in session.execute(query)]
