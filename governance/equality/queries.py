"""Reading what was supplied: by characteristic, for counting alone."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.equality.models import CHARACTERISTICS, EqualityFact, EqualitySupply


def newest_supply(session: Session) -> EqualitySupply | None:
    """The file that counts, None where nothing was supplied."""
    return session.scalar(select(EqualitySupply).order_by(EqualitySupply.id.desc()).limit(1))


def by_characteristic(session: Session, characteristic: str) -> dict[int, str]:
    """The value of one characteristic by the person's id. For insight/fairness.py, which only counts."""
    if characteristic not in CHARACTERISTICS:
        raise ValueError(f"{characteristic} is no characteristic")
    column = getattr(EqualityFact, characteristic)
    return dict(session.execute(select(EqualityFact.person_id, column).where(column.is_not(None))).all())


def held_of(session: Session, person_id: int) -> dict[str, str | None] | None:
    """What is held of one person, for that person's own record and nowhere else."""
    fact = session.get(EqualityFact, person_id)
    return None if fact is None else {name: getattr(fact, name) for name in CHARACTERISTICS}
