"""Asking somebody else to countersign or to hear an appeal, where whoever was asked steps back or is away."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.cases.appealing import may_hear
from governance.cases.choosing import hearer, second_person
from governance.cases.countersigning import awaited, may_countersign
from governance.cases.models import Case
from governance.cases.parts import ask_second, forget_hearer, name_hearer, release_second
from governance.kernel.errors import Conflict, Invalid
from governance.people.models import Person
from governance.workflow.steps import note


def ask_another(session: Session, case: Case, leaving: Person) -> None:
    """In place of `leaving`, who stepped back: the next whom the product would ask. Raises Conflict where nobody is left."""
    if case.stage == "countersign":
        _ask(session, case, None)
        asked = awaited(case)
        name = asked.reviewer.name if asked else ""
        note(session, case, None, "recuse", field="second", old=leaving.name, new=name)
        return
    forget_hearer(session, case)
    named = hearer(session, case)
    if named is None:
        raise Conflict(
            "Nobody else could hear this appeal. You need not hear it: ask your administrator to give another person the "
            "HR role, then step back."
        )
    name_hearer(session, case, named)
    note(session, case, None, "recuse", field="hearer", old=leaving.name, new=named.name)


def give_countersigning(session: Session, actor: Person, case: Case, to: Person) -> Person:
    """Ask `to` instead of whoever was asked, who has written nothing yet. Raises Invalid or Conflict."""
    asked = awaited(case)
    if asked is None:
        raise Conflict("Nobody is asked to countersign now.")
    if asked.written_at is not None:
        raise Conflict(
            f"{asked.reviewer.name} has written their own opinion. It cannot be given to somebody else."
        )
    _not_ones_own(actor, asked.decider_id, "countersigns")
    if reason := may_countersign(to, case):
        raise Invalid(reason, "to")
    old = asked.reviewer
    _ask(session, case, to)
    return old


def give_hearing(session: Session, actor: Person, case: Case, to: Person) -> Person:
    """Have `to` hear the appeal instead of whoever was named. Raises Invalid or Conflict."""
    appeal = case.appeal
    if appeal is None or appeal.hearer is None or appeal.result is not None:
        raise Conflict("Nobody is named to hear an appeal now.")
    _not_ones_own(actor, appeal.decider_id, "hears the appeal")
    if to.id == appeal.hearer_id:
        raise Invalid(f"{to.name} hears this appeal already.", "to")
    if reason := may_hear(to, case):
        raise Invalid(reason, "to")
    old = appeal.hearer
    forget_hearer(session, case)
    name_hearer(session, case, to)
    return old


def _ask(session: Session, case: Case, to: Person | None) -> None:
    decision = case.decisions[-1]
    release_second(session, case)
    ask_second(session, case, decision, to or second_person(session, case))


def _not_ones_own(actor: Person, decider_id: int, act: str) -> None:
    if actor.id == decider_id:
        raise Conflict(
            f"You made the decision, so somebody else chooses who {act}. Ask whoever stands in for you."
        )
