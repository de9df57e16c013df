"""Ask for a version to be published: a new one, or an older one again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.kernel.text import required
from governance.people.models import Person
from governance.rulebooks.in_use import rulebook_in_use
from governance.rulebooks.models import OrganisationRulebook
from governance.rulebooks.policy import changes_what_speaks, why_not_propose
from governance.workflow.rulebook_steps import LONGEST_REASON, add_step, allowed, begin, publish, sound


def propose_rulebook(
    session: Session, actor: Person, *, version: OrganisationRulebook, reason: str, seen: int | None
) -> OrganisationRulebook:
    """Where posts would be answered otherwise it waits for a second person; a change of shadow rules alone is published.

    Raises Refused, Stale, Conflict where it is published or waits already, and Invalid where it is not sound.
    """
    begin(session, actor, "rulebook.write", seen)
    allowed(why_not_propose(version))
    reason = required(reason, "reason", "Your reason", LONGEST_REASON)
    made = sound(version)
    if changes_what_speaks(rulebook_in_use(session), made):
        add_step(session, version, actor, "proposed", reason)
    else:
        publish(session, version, actor, reason)
    return version
