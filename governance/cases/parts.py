"""Naming who decides, countersigns or hears an appeal, and taking the name back: column and part change together."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from governance.cases.models import Case, CasePart, Countersignature, Decision
from governance.cases.standing import part_of
from governance.kernel import clock
from governance.people.models import Person


def name_decider(session: Session, case: Case, decider: Person) -> None:
    """Make `decider` the one who decides, in place of whoever was named before."""
    _forget_decider(session, case)
    case.decider = decider
    if part_of(decider, case) is None:
        session.add(CasePart(case=case, person_id=decider.id, part="decider"))
    session.flush()


def clear_decider(session: Session, case: Case) -> None:
    """Nobody decides any more, and no route stands: a first look chooses both anew. The caller takes the stage back."""
    _forget_decider(session, case)
    case.decider, case.route = None, None


def ask_second(session: Session, case: Case, decision: Decision, reviewer: Person) -> Countersignature:
    """Ask `reviewer` to be the second person for `decision`: blind, unless they have written their own opinion before."""
    knows = any(one.reviewer_id == reviewer.id and one.written_at for one in case.countersignatures)
    asked = Countersignature(
        case_id=case.id,
        decision_id=decision.id,
        decider_id=decision.decider_id,
        reviewer_id=reviewer.id,
        blind=not knows,
        asked_at=clock.now(),
    )
    session.add(asked)
    if part_of(reviewer, case) is None:
        session.add(CasePart(case=case, person_id=reviewer.id, part="countersign"))
    session.flush()
    session.expire(case, ["countersignatures", "parts"])
    return asked


def release_second(session: Session, case: Case) -> None:
    """Nobody countersigns any more: what is not written is let go, what is written stays, marked as stepped back."""
    for one in [one for one in case.countersignatures if one.answer is None]:
        if one.written_at is not None:
            one.answer, one.answered_at = "stepped_back", clock.now()
            continue
        session.delete(one)
        session.flush()
        if not any(kept.reviewer_id == one.reviewer_id for kept in case.countersignatures if kept is not one):
            _forget(session, case, one.reviewer_id)
    session.flush()
    session.expire(case, ["countersignatures", "parts"])


def name_hearer(session: Session, case: Case, hearer: Person) -> None:
    """Make `hearer` the one who hears the appeal, in place of whoever was named before."""
    appeal = case.appeal
    if appeal is None:
        raise LookupError(f"{case.reference} has no appeal")
    forget_hearer(session, case)
    appeal.hearer = hearer
    session.add(CasePart(case=case, person_id=hearer.id, part="appeal"))
    session.flush()


def forget_hearer(session: Session, case: Case) -> None:
    """Nobody is named to hear the appeal any more."""
    if case.appeal is not None and case.appeal.hearer_id is not None:
        _forget(session, case, case.appeal.hearer_id)
        case.appeal.hearer = None
        session.flush()


def _forget(session: Session, case: Case, person_id: int) -> None:
    session.execute(delete(CasePart).where(CasePart.case_id == case.id, CasePart.person_id == person_id))
    session.expire(case, ["parts"])


def _forget_decider(session: Session, case: Case) -> None:
    """Whoever wrote a decision keeps the part: they write no opinion in this case, and hear no appeal in it."""
    wrote = {decision.decider_id for decision in case.decisions}
    session.execute(
        delete(CasePart).where(
            CasePart.case_id == case.id, CasePart.part == "decider", CasePart.person_id.not_in(wrote)
        )
    )
    session.expire(case, ["parts"])
