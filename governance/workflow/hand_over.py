"""Handing a case to a named person, or naming another decider."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.candidates import unwritable
from governance.cases.countersigning import awaited
from governance.cases.models import Case
from governance.cases.parts import name_decider
from governance.cases.policy import may_decide, may_hold
from governance.cases.titles import OPINION_NAMES
from governance.kernel.errors import Conflict, Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.newcomers import give_countersigning, give_hearing
from governance.workflow.steps import begin, note

HANDED = ("holder", "decider", "second", "hearer")
DECIDER_MAY_CHANGE = ("review", "reply", "decision")


def handed_parts(case: Case) -> tuple[str, ...]:
    """What can be handed over at the case's stage."""
    parts = ["holder"]
    if case.stage in DECIDER_MAY_CHANGE:
        parts.append("decider")
    if case.stage == "countersign" and (asked := awaited(case)) is not None and asked.written_at is None:
        parts.append("second")
    if case.stage == "appeal" and case.appeal is not None and case.appeal.hearer_id is not None:
        parts.append("hearer")
    return tuple(parts)


def hand_over(
    session: Session,
    actor: Person,
    *,
    case: Case,
    version: int | None,
    part: str,
    to: Person | None,
    reason: str,
) -> Case:
    """Give the holding, deciding, countersigning or hearing of the case (`part`) to the person `to`, with a reason.

    Raises Invalid where they may not have it, Conflict where no decider is named yet, or what `begin` raises.
    """
    begin(session, actor, case, "hand_over", version)
    reason = required(reason, "reason", "Your reason", 2_000)
    if part not in HANDED:
        raise Invalid("Choose what is handed over.", "part")
    if to is None:
        raise Invalid("Choose the person.", "to")
    old = _give(session, actor, case, part, to)
    field = "guardian" if part == "holder" and case.stage == "held" else part
    note(session, case, actor, "hand_over", field=field, old=old.name, new=to.name, reason=reason)
    record(session, Event.CASE_HANDED_OVER, case.id, actor.id, from_id=old.id, to_id=to.id)
    return case


def _give(session: Session, actor: Person, case: Case, part: str, to: Person) -> Person:
    if part == "second":
        return give_countersigning(session, actor, case, to)
    if part == "hearer":
        return give_hearing(session, actor, case, to)
    return _give_holding(session, case, to) if part == "holder" else _give_deciding(session, case, to)


def _give_holding(session: Session, case: Case, to: Person) -> Person:
    old = case.holder
    if to.id == old.id:
        raise Invalid(f"{to.name} holds this case already.", "to")
    if reason := may_hold(to, case):
        raise Invalid(reason, "to")
    case.holder = to
    session.flush()
    return old


def _give_deciding(session: Session, case: Case, to: Person) -> Person:
    old = case.decider
    if old is None or case.stage not in DECIDER_MAY_CHANGE:
        raise Conflict(
            "A decider is named at the first look, and can be changed until the decision is given."
        )
    if to.id == old.id:
        raise Invalid(f"{to.name} is named to decide this case already.", "to")
    if reason := may_decide(to, case):
        raise Invalid(reason, "to")
    owed = tuple(opinion.kind for opinion in case.opinions if opinion.written_at is None)
    if kind := unwritable(session, case, owed, to):
        raise Invalid(
            f"Nobody but {to.name} could write the {OPINION_NAMES[kind]}. Name somebody else.", "to"
        )
    name_decider(session, case, to)
    return old
