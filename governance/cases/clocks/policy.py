"""Who may let the clock of a case stand still, and go on. Pure, as cases/policy.py is."""

from __future__ import annotations

from governance.cases.models import Case
from governance.cases.sight import can_see
from governance.cases.standing import kept_out
from governance.kernel import clock
from governance.people.models import Person
from governance.people.roles import RoleName


def can_pause_clock(person: Person, case: Case) -> str | None:
    """Holder, decider, or HR where they see the case; while it runs and is not late."""
    if reason := _may_touch(person, case):
        return reason
    if case.paused_since is not None:
        return "The clock of this stage stands still already."
    if case.due_at is None:
        return "No clock runs at this stage."
    if clock.now() >= case.due_at:
        return "The time for this stage has run out already: a pause would not change that."
    return None


def can_resume_clock(person: Person, case: Case) -> str | None:
    """Whoever may let it stand still, once it does."""
    if reason := _may_touch(person, case):
        return reason
    return None if case.paused_since is not None else "The clock of this stage is not paused."


def _may_touch(person: Person, case: Case) -> str | None:
    if kept := kept_out(person, case):
        return kept
    acts = person.id in (case.holder_id, case.decider_id) or RoleName.HR in person.role_names
    if acts and can_see(person, case) and person.may("case.pause"):
        return None
    return f"{case.holder.name} holds this case, and may let its clock stand still."
