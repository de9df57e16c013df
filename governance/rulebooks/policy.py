"""Who may do what with a version of the organisation's rules. Each answers None where it may, or why not."""

from __future__ import annotations

from governance.guidance.rulebook import Rulebook
from governance.people.models import Person
from governance.rulebooks.models import OrganisationRulebook
from governance.scoring.comparison import changes


def changes_what_speaks(in_use: Rulebook, candidate: Rulebook) -> bool:
    """Whether a post could be answered otherwise: then two people publish it. Shadow rules alone change nothing."""
    return any(change.kind != "measured" for change in changes(in_use, candidate))


def why_not_shadow(version: OrganisationRulebook) -> str | None:
    """Only a draft is put in shadow."""
    return (
        None if version.status == "draft" else f"Version {version.number} is {version.status}, not a draft."
    )


def why_not_propose(version: OrganisationRulebook) -> str | None:
    """Whatever is neither in use nor waiting can be published; an older version again, too."""
    if version.status == "published":
        return f"Version {version.number} is published already."
    if version.status == "proposed":
        return f"Version {version.number} waits for a second person already."
    return None


def why_not_agree(person: Person, version: OrganisationRulebook) -> str | None:
    """A second person: neither who wrote the version nor who asked for it to be published."""
    if version.status != "proposed":
        return f"Version {version.number} does not wait for a second person. It is {version.status}."
    if version.written_by_id == person.id:
        return "You wrote this version, so somebody else has to agree to it."
    if version.steps[-1].person_id == person.id:
        return "You asked for this version to be published, so somebody else has to agree to it."
    return None if person.may("rulebook.agree") else "Your role does not agree to rules."


def why_not_decline(version: OrganisationRulebook) -> str | None:
    """What waits can be sent back, also by whoever asked for it."""
    return (
        None
        if version.status == "proposed"
        else f"Version {version.number} does not wait for a second person."
    )
