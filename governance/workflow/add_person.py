"""A person joins: their row, department and roles. Whether they sign in is the door's matter."""

from __future__ import annotations

import re
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.kernel.errors import Invalid
from governance.kernel.text import required
from governance.people.models import Department, Person, Role
from governance.people.queries import department_by_name, person_by_email
from governance.people.roles import RoleName

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def add_person(
    session: Session,
    actor: Person | None,
    *,
    name: str,
    email: str,
    department: str,
    roles: Collection[str] = (),
    profession: str | None = None,
    role_title: str | None = None,
    line_manager_email: str | None = None,
) -> Person:
    """Add a person, and their department where there is none of that name. Everyone is staff.

    `actor` is None for the operator at the terminal. Raises Invalid by field for what is missing or already there.
    """
    name = required(name.strip(), "name", "The person's name", 200)
    email = required(email.strip().lower(), "email", "The email address", 255)
    if not EMAIL.fullmatch(email):
        raise Invalid("Enter an email address like name@example.org.", "email")
    if person_by_email(session, email) is not None:
        raise Invalid(f"There is already a person with the email address {email}.", "email")
    person = Person(
        name=name,
        email=email,
        profession=profession,
        role_title=role_title,
        department=_department(session, department),
        line_manager=_line_manager(session, line_manager_email),
        roles=_roles(session, roles),
    )
    session.add(person)
    session.flush()
    named = " ".join(sorted(person.role_names))
    record(session, Event.PERSON_ADDED, person.id, actor.id if actor else None, roles=named)
    return person


def _department(session: Session, name: str) -> Department:
    name = required(name.strip(), "department", "The department's name", 200)
    return department_by_name(session, name) or Department(name=name)


def _line_manager(session: Session, email: str | None) -> Person | None:
    if not email:
        return None
    manager = person_by_email(session, email)
    if manager is None:
        raise Invalid(
            f"There is no person with the email address {email}. Add the line manager first.", "line_manager"
        )
    return manager


def _roles(session: Session, named: Collection[str]) -> list[Role]:
    unknown = sorted(set(named) - set(RoleName))
    if unknown:
        raise Invalid(f"Unknown role {', '.join(unknown)}. Known: {', '.join(RoleName)}.", "roles")
    wanted = {RoleName.STAFF.value, *named}
    return list(session.scalars(select(Role).where(Role.name.in_(wanted)).order_by(Role.id)))
