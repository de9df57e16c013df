"""A new version of the organisation's rules, as a draft: nothing speaks by it yet."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from governance.guidance.overlay import LONGEST
from governance.kernel import clock
from governance.kernel.text import required, storable
from governance.people.models import Person
from governance.rulebooks.models import OrganisationRulebook
from governance.workflow.rulebook_steps import LONGEST_REASON, add_step, begin


def write_rulebook(
    session: Session, actor: Person, *, toml: str, reason: str, seen: int | None
) -> OrganisationRulebook:
    """Keep `toml` as the next version. It may still have problems: they are shown, and stop it from being published.

    An empty text stands for the shipped rules alone. Raises Refused, Stale, and Invalid naming the field.
    """
    begin(session, actor, "rulebook.write", seen)
    toml = storable(toml, "toml", "The rules", LONGEST)
    reason = required(reason, "reason", "Your reason", LONGEST_REASON)
    last = session.scalar(select(func.max(OrganisationRulebook.number))) or 0
    version = OrganisationRulebook(
        number=last + 1, toml=toml, written_by=actor, written_at=clock.now(), reason=reason
    )
    session.add(version)
    session.flush()
    add_step(session, version, actor, "draft", reason)
    return version
