"""What a person keeps for their own queue: choices of filters under a name, and whether keys move through it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from governance.cases.desk.models import QueueChoice, SavedView
from governance.kernel.errors import Invalid, Missing
from governance.kernel.text import required
from governance.people.models import Person

MOST_VIEWS = 12
"""Views that one person may keep: each is counted whenever the queue is opened."""


def keeps(session: Session, person: Person) -> list[SavedView]:
    """The views that `person` keeps, by name."""
    query = select(SavedView).where(SavedView.person_id == person.id).order_by(func.lower(SavedView.name))
    return list(session.scalars(query))


def keep_view(session: Session, person: Person, *, name: str, query: str) -> SavedView:
    """Keep the filters of `query` (an address's own, after the '?') as `name`; the same name again takes its place.

    It is the person's own and changes nothing for others, so that it leaves no row in the trail. Raises Invalid.
    """
    name = required(name, "name", "A name", 60)
    mine = {one.name.casefold(): one for one in keeps(session, person)}
    kept = mine.get(name.casefold())
    if kept is None:
        if len(mine) >= MOST_VIEWS:
            raise Invalid(f"You keep {MOST_VIEWS} views already. Remove one first.", "name")
        kept = SavedView(person_id=person.id, name=name, query=query[:500])
        session.add(kept)
    kept.query = query[:500]
    session.flush()
    return kept


def drop_view(session: Session, person: Person, view_id: int) -> str:
    """Remove a view that `person` keeps; its name. Raises Missing where it is not theirs."""
    kept = session.scalar(select(SavedView).where(SavedView.id == view_id, SavedView.person_id == person.id))
    if kept is None:
        raise Missing("There is no such view of yours.")
    session.delete(kept)
    return kept.name


def keys_on(session: Session, person: Person) -> bool:
    """Whether keys move through this person's queue; they do until somebody switches them off."""
    chosen = session.get(QueueChoice, person.id)
    return chosen is None or chosen.keys


def switch_keys(session: Session, person: Person, *, on: bool) -> None:
    """Switch the keys on or off, for this person on every device."""
    chosen = session.get(QueueChoice, person.id)
    if chosen is None:
        session.add(QueueChoice(person_id=person.id, keys=on))
    else:
        chosen.keys = on
