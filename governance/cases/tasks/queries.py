"""Reading tasks: only those that a person may see, what is due first."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from governance.cases.clocks.models import Clock
from governance.cases.models import Case, CasePart, Recusal
from governance.cases.queries import visible_to
from governance.cases.tasks.kinds import task_kinds
from governance.cases.tasks.models import CaseTask
from governance.people.models import Person
from governance.people.roles import RoleName

TASK_VIEWS = {"yours": "For you to do", "others": "Done by others", "ended": "Ended"}


def open_tasks(session: Session, case: Case) -> list[CaseTask]:
    """What is still to be done beside a case: it is not closed before."""
    query = (
        select(CaseTask).where(CaseTask.case_id == case.id, CaseTask.state == "open").order_by(CaseTask.id)
    )
    return list(session.scalars(query))


def tasks_of(session: Session, case: Case) -> list[CaseTask]:
    """Every task of a case with its clock, open ones first."""
    query = (
        select(CaseTask)
        .where(CaseTask.case_id == case.id)
        .options(joinedload(CaseTask.clock), joinedload(CaseTask.assignee), joinedload(CaseTask.ended_by))
        .order_by(CaseTask.state != "open", CaseTask.id)
    )
    return list(session.scalars(query))


def tasks_for(person: Person, view: str) -> Select[CaseTask]:
    """The tasks of a view for `person`: what is due first, what has ended latest first."""
    done_by, seen = _does(person), _sees(person)
    where = {
        "yours": and_(CaseTask.state == "open", done_by),
        "others": and_(CaseTask.state == "open", seen, ~done_by),
        "ended": and_(CaseTask.state != "open", seen),
    }[view]
    query = (
        select(CaseTask)
        .join(CaseTask.case)
        .join(CaseTask.clock)
        .where(where)
        .options(
            contains_eager(CaseTask.case).joinedload(Case.subject),
            contains_eager(CaseTask.case).joinedload(Case.holder),
            contains_eager(CaseTask.case).selectinload(Case.parts),
            contains_eager(CaseTask.case).selectinload(Case.recusals),
            contains_eager(CaseTask.case).selectinload(Case.guards),
            contains_eager(CaseTask.case).selectinload(Case.opinions),
            contains_eager(CaseTask.clock).selectinload(Clock.pauses),
            joinedload(CaseTask.assignee),
        )
    )
    if view == "ended":
        return query.order_by(CaseTask.ended_at.desc(), CaseTask.id.desc())
    return query.order_by(Clock.due_at.is_(None), Clock.due_at, CaseTask.id)


def task_counts(session: Session, person: Person) -> dict[str, int]:
    """How many tasks each view has for `person`."""
    return {
        view: session.scalar(
            select(func.count()).select_from(tasks_for(person, view).order_by(None).subquery())
        )
        or 0
        for view in TASK_VIEWS
    }


def by_id(session: Session, task_id: int) -> CaseTask | None:
    """The task, whoever asks: look at policy.may_see before showing anything of it."""
    return session.get(CaseTask, task_id)


def _does(person: Person) -> ColumnElement[bool]:
    """The condition that the task is the person's to do, never NULL: it is negated too. Twin of policy.may_do."""
    roles = [
        name
        for name, kind in task_kinds().items()
        if kind.role is not None and kind.role in person.role_names
    ]
    holders = [name for name, kind in task_kinds().items() if kind.role is None]
    acting = [Case.holder_id == person.id, Case.decider_id.is_not_distinct_from(person.id)]
    if person.role_names & {RoleName.HR, RoleName.GUARDIAN}:
        acting.append(Case.id.is_not(None))
    return and_(
        _not_kept_out(person),
        or_(
            CaseTask.assignee_id.is_not_distinct_from(person.id),
            CaseTask.kind.in_(roles),
            and_(CaseTask.kind.in_(holders), or_(*acting), visible_to(person)),
        ),
    )


def _sees(person: Person) -> ColumnElement[bool]:
    """The condition that the task exists for the person. Twin of policy.may_see."""
    return or_(_does(person), and_(Case.subject_id != person.id, visible_to(person)))


def _not_kept_out(person: Person) -> ColumnElement[bool]:
    """Twin of cases.standing.kept_out."""
    reported = select(CasePart.case_id).where(
        CasePart.person_id == person.id, CasePart.part.in_(("reporter", "complainant"))
    )
    left = select(Recusal.case_id).where(Recusal.person_id == person.id)
    return and_(
        Case.id.is_not(None) if person.active else Case.id.is_(None),
        Case.subject_id != person.id,
        Case.id.not_in(reported),
        Case.id.not_in(left),
    )
