"""A closed case is opened again, with a reason that the author reads."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.candidates import unwritable
from governance.cases.models import ROUTES, Case, Opinion
from governance.cases.parts import clear_decider
from governance.cases.policy import may_decide
from governance.cases.routing import kinds_of
from governance.cases.titles import OPINION_NAMES
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.issuing import end_in_force
from governance.workflow.steps import begin, move, note, reopen

BACK_TO = ("triage", "review")


def reopen_case(
    session: Session,
    actor: Person,
    *,
    case: Case,
    version: int | None,
    to: str,
    reason: str,
    route: str | None = None,
) -> Case:
    """Take the case to a first look, or to a further opinion (`route`) before its decider decides anew.

    What was decided is no longer in force: it is open again. Opinions that are written stay. Raises Invalid with the
    field to mend, Conflict where another case about the post is open, or what `begin` raises.
    """
    begin(session, actor, case, "reopen_case", version)
    reason = required(reason, "reason", "Why the case is opened again", 5_000)
    if to not in BACK_TO:
        raise Invalid("Choose where the case goes.", "to")
    kinds = _asked(session, case, route) if to == "review" else ()
    end_in_force(session, case)
    if to == "triage":
        clear_decider(session, case)
    reopen(session, case)
    if to == "triage":
        move(session, case, actor, "reopen_case", stage="triage", reason=reason)
    else:
        old, case.route = case.route, route
        session.add_all(Opinion(case=case, kind=kind, asked_at=clock.now()) for kind in kinds)
        move(session, case, actor, "reopen_case", stage="review", reason=reason)
        note(session, case, actor, "reopen_case", field="route", old=old, new=route)
    record(session, Event.CASE_REOPENED, case.id, actor.id, stage=to)
    return case


def _asked(session: Session, case: Case, route: str | None) -> tuple[str, ...]:
    """The opinions still to be written. There has to be one, and somebody who could write it and somebody who decides."""
    if case.decider is None or may_decide(case.decider, case):
        raise Invalid("Nobody is named to decide. Choose a first look, which names somebody.", "to")
    if route not in ROUTES:
        raise Invalid("Choose whose opinion is needed.", "route")
    written = {opinion.kind for opinion in case.opinions}
    kinds = tuple(kind for kind in kinds_of(route) if kind not in written)
    if not kinds:
        raise Invalid("That opinion is written. Choose another, or a first look.", "route")
    if kind := unwritable(session, case, kinds, case.decider):
        raise Invalid(f"Nobody could write the {OPINION_NAMES[kind]}.", "route")
    return kinds
