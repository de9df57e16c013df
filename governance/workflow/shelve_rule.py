"""A draft of the organisation's rules in which one rule is set to shadow: nothing changes until it is published."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.guidance.overlay import OWN, with_status
from governance.guidance.rulebook import RulebookError
from governance.kernel.errors import Conflict, Invalid
from governance.people.models import Person
from governance.rulebooks.in_use import rulebook_in_use
from governance.rulebooks.models import OrganisationRulebook
from governance.rulebooks.queries import published_version
from governance.workflow.write_rulebook import write_rulebook


def shelve_rule(
    session: Session, actor: Person, *, rule_id: str, reason: str, seen: int | None
) -> OrganisationRulebook:
    """The published text with one more line in [status]. Raises Refused, Stale, Conflict and Invalid."""
    rule = rulebook_in_use(session).rules.get(rule_id)
    if rule is None or rule.status != "live" or (rule.sort == "guard" and not rule_id.startswith(OWN)):
        raise Conflict("This rule does not speak today, or protects people, so it is not set aside.")
    standing = published_version(session)
    try:
        toml = with_status(standing.toml if standing else "", rule_id, "shadow")
    except RulebookError as error:
        raise Invalid(error.problems[0]) from error
    return write_rulebook(session, actor, toml=toml, reason=reason, seen=seen)
