"""Put a draft in shadow: it is measured on stored posts and never shown to staff."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.kernel.text import required
from governance.people.models import Person
from governance.rulebooks.models import OrganisationRulebook
from governance.rulebooks.policy import why_not_shadow
from governance.workflow.rulebook_steps import LONGEST_REASON, add_step, allowed, begin, sound


def shadow_rulebook(
    session: Session, actor: Person, *, version: OrganisationRulebook, reason: str, seen: int | None
) -> OrganisationRulebook:
    """Raises Refused, Stale, Conflict where it is no draft, and Invalid where it is not sound."""
    begin(session, actor, "rulebook.write", seen)
    allowed(why_not_shadow(version))
    reason = required(reason, "reason", "Your reason", LONGEST_REASON)
    sound(version)
    add_step(session, version, actor, "shadow", reason)
    return version
