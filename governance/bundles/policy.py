"""Who may take a bundle, and through whose eyes it is made. Pure: None, or the reason why not, in words for a page."""

from __future__ import annotations

from governance.bundles.models import PURPOSES
from governance.cases.models import Case
from governance.cases.sight import can_see, can_see_guards
from governance.cases.standing import is_subject
from governance.people.models import Person
from governance.people.roles import RoleName

PURPOSE_TITLES = {
    "appeal": "For an appeal",
    "tribunal": "For a tribunal",
    "subject_access": "For a subject access request",
}
PURPOSE_HINTS = {
    "appeal": "What the author has read, for them, their companion and whoever hears the appeal. Whoever reported the post, "
    "and who wrote which opinion, are not named.",
    "tribunal": "What you may read in this case, with names.",
    "subject_access": "What is held about the author in this case. Everybody else is named by their part alone.",
}
_MAKERS = frozenset({RoleName.HR, RoleName.DPO})


def can_export_any(person: Person, case: Case) -> str | None:
    """The author, and those who may read all of the case: its decider, HR, data protection, the guardian.

    The rule is the same whether or not a guard is on the case, so that a refusal tells nothing of one.
    """
    if not can_see(person, case):
        return "There is no such case, or none that you may see."
    if not can_see_guards(person, case):
        return (
            "A bundle holds everything in a case, so it is made by the author, the decider, HR or the data protection "
            "officer. Ask one of them for it, and say what it is needed for."
        )
    return None


def can_export(person: Person, case: Case, purpose: str) -> str | None:
    """Whether this person may take a bundle for this purpose now."""
    if reason := can_export_any(person, case):
        return reason
    own = is_subject(person, case)
    if purpose == "appeal":
        return None if case.decision is not None else "There is no decision yet that could be appealed."
    if purpose == "tribunal":
        if own:
            return "Take the bundle for an appeal: it has all that you may read. A tribunal's own goes through HR."
        if not person.role_names & _MAKERS:
            return "HR or the data protection officer makes the bundle for a tribunal."
        return None
    if own or person.role_names & _MAKERS:
        return None
    return "The author takes this themselves; for them, HR or the data protection officer does."


def purposes_for(person: Person, case: Case) -> list[str]:
    """What this person may take a bundle of this case for."""
    return [purpose for purpose in PURPOSES if can_export(person, case, purpose) is None]


def seen_by(person: Person, case: Case, purpose: str) -> Person:
    """Through whose eyes the bundle is made: the author's, or for a tribunal those of whoever makes it."""
    return person if purpose == "tribunal" else case.subject
