"""Who may know of a concern, and who follows it. Pure: None, or the reason in words for a page."""

from __future__ import annotations

from governance.concerns.models import Concern
from governance.people.models import Person
from governance.people.roles import RoleName


def has_raised(person: Person, concern: Concern) -> bool:
    """Whether this person raised it."""
    return person.active and concern.raised_by_id == person.id


def is_touched(person: Person, concern: Concern) -> bool:
    """Whether a guardian named this person as one whom the concern touches."""
    return any(one.person_id == person.id for one in concern.touched)


def can_follow(person: Person, concern: Concern) -> str | None:
    """A guardian who neither raised the concern nor is touched by it."""
    if not person.active or RoleName.GUARDIAN not in person.role_names:
        return "Concerns are followed by the speak-up guardians."
    if concern.raised_by_id == person.id:
        return "You raised this concern, so another guardian follows it."
    if is_touched(person, concern):
        return "This concern touches you, so another guardian follows it."
    return None


def can_see(person: Person, concern: Concern) -> bool:
    """Guardians who may follow it, and whoever raised it; nobody else."""
    return has_raised(person, concern) or can_follow(person, concern) is None


def what_is_missing(concern: Concern) -> list[str]:
    """What has to be noted before the concern can be closed, in words for a page."""
    kinds = {step.kind for step in concern.steps}
    missing = []
    if "done" not in kinds:
        missing.append("what was done about it")
    if "told" not in kinds:
        missing.append(f"when {concern.raised_by.name} was told")
    return missing
