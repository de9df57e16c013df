"""Finding people, who answers for whom, and what they acknowledged."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from governance.kernel.errors import Missing
from governance.people.models import Acknowledgement, Department, DepartmentHead, Notice, Person, Role


def person_by_id(session: Session, person_id: int) -> Person:
    """The person. Raises Missing."""
    person = session.get(Person, person_id)
    if person is None:
        raise Missing("There is no such person.")
    return person


def person_by_email(session: Session, email: str) -> Person | None:
    """The person with this e-mail address, whatever its case."""
    return session.scalar(select(Person).where(func.lower(Person.email) == email.strip().lower()))


def managed_by(manager_id: int) -> Select[int]:
    """Ids of everybody who answers to `manager_id`, directly or through others; a loop in the data ends by itself."""
    tree = (
        select(Person.id)
        .where(Person.line_manager_id == manager_id)
        .cte("line_of_management", recursive=True)
    )
    below = aliased(Person)
    tree = tree.union(select(below.id).where(below.line_manager_id == tree.c.id))
    return select(tree.c.id).where(tree.c.id != manager_id)


def managers_above(person: Person) -> list[Person]:
    """The line managers of `person`, the nearest first, up to the top of the tree."""
    above: list[Person] = []
    seen = {person.id}
    manager = person.line_manager
    while manager is not None and manager.id not in seen:
        seen.add(manager.id)
        above.append(manager)
        manager = manager.line_manager
    return above


def manages(manager: Person, person: Person) -> bool:
    """Whether `person` answers to `manager`, directly or through others."""
    return any(above.id == manager.id for above in managers_above(person))


def headed_departments(session: Session, person_id: int) -> list[Department]:
    """The departments that a person heads, with everything below them in the tree, by name."""
    headed = select(DepartmentHead.department_id.label("id")).where(DepartmentHead.person_id == person_id)
    tree = headed.cte("headed_departments", recursive=True)
    below = aliased(Department)
    tree = tree.union(select(below.id).where(below.parent_id == tree.c.id))
    query = select(Department).where(Department.id.in_(select(tree.c.id))).order_by(Department.name)
    return list(session.scalars(query))


def department_by_name(session: Session, name: str) -> Department | None:
    """The department of this name, whatever its case."""
    return session.scalar(select(Department).where(func.lower(Department.name) == name.strip().lower()))


def departments(session: Session) -> list[Department]:
    """All departments, by name."""
    return list(session.scalars(select(Department).order_by(Department.name)))


def matches_words(words: str) -> ColumnElement[bool]:
    """Whether a person's name or e-mail address holds `words`, taken literally."""
    return or_(
        Person.name.icontains(words, autoescape=True),
        Person.email.icontains(words, autoescape=True),
    )


def people(words: str = "", role: str = "", department_id: int | None = None) -> Select[Person]:
    """People by name, with what a list of them shows, for `paginate`."""
    query = (
        select(Person)
        .options(joinedload(Person.department), joinedload(Person.line_manager))
        .order_by(Person.name, Person.id)
    )
    if words:
        query = query.where(or_(matches_words(words), Person.role_title.icontains(words, autoescape=True)))
    if role:
        query = query.where(Person.roles.any(Role.name == role))
    if department_id is not None:
        query = query.where(Person.department_id == department_id)
    return query


def current_notice(session: Session) -> Notice:
    """The newest monitoring notice. Raises Missing where the database holds none (the migrations bring the first)."""
    notice = session.scalar(select(Notice).order_by(Notice.number.desc()).limit(1))
    if notice is None:
        raise Missing("There is no monitoring notice yet. Bring the database up to date.")
    return notice


def acknowledgement_of(session: Session, person_id: int, notice_id: int) -> Acknowledgement | None:
    """That a person has read one version of the notice, if they have."""
    return session.scalar(
        select(Acknowledgement).where(
            Acknowledgement.person_id == person_id, Acknowledgement.notice_id == notice_id
        )
    )


def has_acknowledged_current(session: Session, person_id: int) -> bool:
    """Whether a person has read the notice that stands now."""
    return acknowledgement_of(session, person_id, current_notice(session).id) is not None


def first_acknowledged_at(session: Session, person_id: int) -> datetime | None:
    """When a person first acknowledged any version of the notice; None where they never did."""
    return session.scalar(
        select(func.min(Acknowledgement.acknowledged_at)).where(Acknowledgement.person_id == person_id)
    )


def acknowledgements_of(session: Session, person_id: int) -> list[Acknowledgement]:
    """Every version that a person has read, the oldest first."""
    query = (
        select(Acknowledgement)
        .where(Acknowledgement.person_id == person_id)
        .options(joinedload(Acknowledgement.notice))
        .order_by(Acknowledgement.acknowledged_at)
    )
    return list(session.scalars(query))
