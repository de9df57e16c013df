"""Who holds a case: the author's line manager, or the next up the tree, or HR; the guardian first where the law protects."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from governance.cases.models import Case
from governance.cases.policy import may_decide
from governance.cases.standing import GUARDED_FROM_LINE, kept_out
from governance.kernel.errors import Conflict
from governance.people.models import Person, Role
from governance.people.roles import RoleName


@dataclass(frozen=True)
class Placement:
    """Where a case goes: to `holder`, in `stage`."""

    stage: str
    holder: Person


def first_placement(
    session: Session, subject: Person, guards: Collection[str], kept: Collection[int] = ()
) -> Placement:
    """Where a new case about `subject` begins. `kept` are ids of people who may not act (the reporter, say).

    A concern raised in the public interest may be about the line itself: where no guardian is left it goes to HR.
    Raises Conflict where nobody in the organisation could hold it.
    """
    if GUARDED_FROM_LINE in guards:
        guardian = _least_busy(session, RoleName.GUARDIAN, {subject.id, *kept})
        if guardian is not None:
            return Placement("held", guardian)
    return Placement("triage", _holder_outside_hold(session, subject, kept, for_hr=bool(guards)))


def next_placement(session: Session, case: Case) -> Placement:
    """Where `case` goes when its holder leaves it: in its own stage, or to triage where no guardian is left.

    Raises Conflict where nobody is left to hold it.
    """
    guards = {guard.guard for guard in case.guards}
    kept = _kept(case)
    if case.stage == "held":
        return first_placement(session, case.subject, guards | {GUARDED_FROM_LINE}, kept)
    return Placement(case.stage, _holder_outside_hold(session, case.subject, kept, for_hr=_for_hr(guards)))


def released_holder(session: Session, case: Case) -> Person:
    """Who holds `case` once the guardian lets it go. Raises Conflict where nobody could."""
    guards = {guard.guard for guard in case.guards}
    kept = _kept(case) | {case.holder_id}
    return _holder_outside_hold(session, case.subject, kept, for_hr=_for_hr(guards))


def next_decider(session: Session, case: Case, fits: Callable[[Person], bool]) -> Person:
    """Who decides after a decider has stepped back: the holder, the line above the author, then HR.

    `fits` leaves out whoever is needed elsewhere, to write an opinion say. The holder may name somebody else. Raises
    Conflict where nobody is left.
    """
    for person in (case.holder, *line_above(case.subject)):
        if may_decide(person, case) is None and fits(person):
            return person
    out = _kept(case) | {part.person_id for part in case.parts}
    while person_from_hr := _least_busy(session, RoleName.HR, out):
        if fits(person_from_hr):
            return person_from_hr
        out.add(person_from_hr.id)
    raise _nobody("decide")


def line_above(person: Person) -> Iterator[Person]:
    """The line managers above `person`, nearest first. A loop in the data ends the line."""
    seen = {person.id}
    above = person.line_manager
    while above is not None and above.id not in seen:
        yield above
        seen.add(above.id)
        above = above.line_manager


def _for_hr(guards: Collection[str]) -> bool:
    """Whether HR holds the case once a guardian has released it, or none was asked."""
    return any(guard != GUARDED_FROM_LINE for guard in guards)


def _holder_outside_hold(session: Session, subject: Person, kept: Collection[int], *, for_hr: bool) -> Person:
    out = {subject.id, *kept}
    if not for_hr:
        for person in line_above(subject):
            if person.id not in out and person.may("case.triage"):
                return person
    holder = _least_busy(session, RoleName.HR, out)
    if holder is None and not for_hr:
        holder = _least_busy(session, RoleName.MANAGER, out)
    if holder is None:
        raise _nobody("hold")
    return holder


def _kept(case: Case) -> set[int]:
    people = {case.subject, *(part.person for part in case.parts), *(one.person for one in case.recusals)}
    new_to_it = {part.person_id for part in case.parts if part.part in ("countersign", "appeal")}
    return new_to_it | {person.id for person in people if kept_out(person, case) is not None}


def _least_busy(session: Session, role: RoleName, kept: Collection[int]) -> Person | None:
    """The active person with `role` who holds the fewest open cases; of several the one longest in the list."""
    held = (
        select(func.count())
        .select_from(Case)
        .where(Case.holder_id == Person.id, Case.stage != "closed")
        .correlate(Person)
        .scalar_subquery()
    )
    return session.scalars(
        select(Person)
        .where(Person.active, Person.roles.any(Role.name == role.value), Person.id.not_in(list(kept)))
        .order_by(held, Person.id)
        .limit(1)
    ).first()


def _nobody(act: str) -> Conflict:
    return Conflict(
        f"There is nobody who could {act} this case: everybody with the role is its author, brought it in, stepped "
        "back, or is needed for an opinion. Ask your administrator to give another person the HR role, then try again."
    )
