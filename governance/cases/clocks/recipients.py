"""Who is told that a clock runs out: whoever acts before, and after it whoever stands behind them. Nobody who may not know."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.cases.clocks.models import Clock
from governance.cases.models import Case
from governance.cases.sight import can_see
from governance.cases.standing import kept_out
from governance.cases.tasks.policy import kind_of
from governance.people.models import Person, Role
from governance.people.roles import RoleName


def to_warn(session: Session, running: Clock) -> list[Person]:
    """Who can still be in time: for a task whoever does it, for a stage the person it waits for."""
    case = running.case
    if running.task is not None:
        return _doers(session, running)
    if case.stage == "reply":
        return [case.subject]
    if case.stage == "decision" and case.decider is not None:
        return [case.decider]
    return [case.holder]


def to_escalate(session: Session, running: Clock) -> list[Person]:
    """Who hears that the time is over: for an answer the decider, who may go on without it; else who stands behind.

    That is the holder's line manager, where they see the case, or HR, or for a held case another guardian; where there
    is nobody, the holder again. With a task those who do it hear of it too.
    """
    case = running.case
    told = _doers(session, running) if running.task is not None else []
    if running.task is None and case.stage == "reply" and case.decider is not None:
        return [case.decider]
    behind = _behind(session, case)
    return list(dict.fromkeys([*told, *(behind or [case.holder])]))


def _doers(session: Session, running: Clock) -> list[Person]:
    task = running.task
    if task is None:
        return []
    if task.assignee is not None:
        return [task.assignee]
    role = kind_of(task).role
    people = [] if role is None else _with_role(session, role)
    return [one for one in people if kept_out(one, running.case) is None] or [running.case.holder]


def _behind(session: Session, case: Case) -> list[Person]:
    manager = case.holder.line_manager
    if manager is not None and _could_act(manager, case) and RoleName.MANAGER in manager.role_names:
        return [manager]
    role = RoleName.GUARDIAN if case.stage == "held" else RoleName.HR
    return [one for one in _with_role(session, role) if one.id != case.holder_id and _could_act(one, case)]


def _could_act(person: Person, case: Case) -> bool:
    return kept_out(person, case) is None and can_see(person, case)


def _with_role(session: Session, role: RoleName) -> list[Person]:
    query = select(Person).where(Person.active, Person.roles.any(Role.name == role.value)).order_by(Person.id)
    return list(session.scalars(query))
