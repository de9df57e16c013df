"""Naming the decider, and taking the name back: the case's column and the person's one part change together."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from governance.cases.models import Case, CasePart
from governance.people.models import Person


def name_decider(session: Session, case: Case, decider: Person) -> None:
    """Make `decider` the one who decides, in place of whoever was named before."""
    session.execute(delete(CasePart).where(CasePart.case_id == case.id, CasePart.part == "decider"))
    session.expire(case, ["parts"])
    case.decider = decider
    session.add(CasePart(case=case, person_id=decider.id, part="decider"))
    session.flush()


def clear_decider(session: Session, case: Case) -> None:
    """Nobody decides any more, and no route stands: a first look chooses both anew. The caller takes the stage back."""
    session.execute(delete(CasePart).where(CasePart.case_id == case.id, CasePart.part == "decider"))
    session.expire(case, ["parts"])
    case.decider, case.route = None, None
