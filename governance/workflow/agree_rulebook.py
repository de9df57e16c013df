"""A second person agrees to a version that waits: it is published with that."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.kernel.errors import Refused
from governance.kernel.text import required
from governance.people.models import Person
from governance.rulebooks.models import OrganisationRulebook
from governance.rulebooks.policy import why_not_agree
from governance.workflow.rulebook_steps import LONGEST_REASON, allowed, begin, publish, sound


def agree_rulebook(
    session: Session, actor: Person, *, version: OrganisationRulebook, reason: str, seen: int | None
) -> OrganisationRulebook:
    """Every assessment from now on stands on it.

    Raises Refused for who wrote it or asked for it, Stale, Conflict where it does not wait, and Invalid where it is no
    longer sound.
    """
    begin(session, actor, "rulebook.agree", seen)
    why_not = why_not_agree(actor, version)
    if version.status != "proposed":
        allowed(why_not)
    elif why_not is not None:
        raise Refused(why_not)
    reason = required(reason, "reason", "Your reason", LONGEST_REASON)
    sound(version)
    publish(session, version, actor, reason)
    return version
