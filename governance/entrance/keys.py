"""Who has a key to the door: people and their users."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from governance.entrance.models import User
from governance.people.models import Person


def people_without_key(session: Session) -> int:
    """How many active people cannot sign in, having no active user."""
    keyed = select(User.person_id).where(User.active)
    query = select(func.count()).select_from(Person).where(Person.active, Person.id.not_in(keyed))
    return session.scalar(query) or 0
