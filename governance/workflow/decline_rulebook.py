"""A version that waits for a second person is sent back, or taken back by whoever asked."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.kernel.text import required
from governance.people.models import Person
from governance.rulebooks.models import OrganisationRulebook
from governance.rulebooks.policy import why_not_decline
from governance.workflow.rulebook_steps import LONGEST_REASON, add_step, allowed, begin


def decline_rulebook(
    session: Session, actor: Person, *, version: OrganisationRulebook, reason: str, seen: int | None
) -> OrganisationRulebook:
    """It is again what it was before it was proposed. Raises Refused, Stale, Conflict, and Invalid without a reason."""
    begin(session, actor, "rulebook.agree", seen)
    allowed(why_not_decline(version))
    reason = required(reason, "reason", "Your reason", LONGEST_REASON)
    add_step(session, version, actor, version.steps[-2].status, reason, event=Event.RULEBOOK_DECLINED)
    return version
