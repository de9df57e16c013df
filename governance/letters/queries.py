"""Finding letters: those of a case, those addressed to a person."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from governance.cases.models import Case
from governance.letters.models import Letter
from governance.letters.policy import may_read
from governance.people.models import Person


def letter_by_id(session: Session, letter_id: int) -> Letter | None:
    """The letter, whoever asks: look at policy.may_read before showing anything of it."""
    return session.get(Letter, letter_id)


def letters_of(session: Session, person: Person, case: Case) -> list[Letter]:
    """The letters of a case that this person may read, the oldest first."""
    query = (
        select(Letter)
        .where(Letter.case_id == case.id)
        .order_by(Letter.id)
        .options(joinedload(Letter.recipient), joinedload(Letter.sender), joinedload(Letter.reading))
    )
    return [letter for letter in session.scalars(query) if may_read(person, letter)]


def letters_to(session: Session, person: Person) -> list[Letter]:
    """The letters addressed to a person, the newest first."""
    query = (
        select(Letter)
        .where(Letter.recipient_id == person.id)
        .order_by(Letter.id.desc())
        .options(joinedload(Letter.sender), joinedload(Letter.reading), joinedload(Letter.case))
    )
    return list(session.scalars(query))
