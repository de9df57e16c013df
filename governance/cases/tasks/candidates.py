"""Who could be given a task: for the choices on a form."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from governance.cases.tasks.models import CaseTask
from governance.cases.tasks.policy import may_be_given
from governance.people.models import Person, Role
from governance.people.roles import PERMISSIONS


def possible_doers(session: Session, actor: Person, task: CaseTask) -> list[Person]:
    """The people to whom `actor` may give the task, by name, whoever has it now left out."""
    names = [role.value for role in PERMISSIONS["task.do"]]
    query = (
        select(Person)
        .where(Person.active, Person.roles.any(Role.name.in_(names)))
        .options(joinedload(Person.department))
        .order_by(Person.name, Person.id)
    )
    return [
        one
        for one in session.scalars(query)
        if one.id != task.assignee_id and may_be_given(actor, one, task) is None
    ]
