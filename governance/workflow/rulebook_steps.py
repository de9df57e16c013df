"""What every verb on the organisation's rules does first and last: see that the page is not out of date, and add its step."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record, wait_turn
from governance.guidance.loader import shipped_rulebook
from governance.guidance.rulebook import Rulebook, RulebookError
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid, Refused, Stale
from governance.people.models import Person
from governance.rulebooks.in_use import rulebook_of
from governance.rulebooks.models import OrganisationRulebook, RulebookStep
from governance.rulebooks.queries import last_step, published_version, steps_after
from governance.scoring.trial import check

LONGEST_REASON = 2_000
_EVENTS = {
    "draft": Event.RULEBOOK_DRAFTED,
    "shadow": Event.RULEBOOK_SHADOWED,
    "proposed": Event.RULEBOOK_PROPOSED,
    "published": Event.RULEBOOK_PUBLISHED,
    "superseded": Event.RULEBOOK_SUPERSEDED,
}


def begin(session: Session, actor: Person, permission: str, seen: int | None) -> None:
    """Wait for whoever else changes the rules, and see that nothing happened since the page with `seen` as last step.

    Raises Refused, or Stale with what happened meanwhile: of two people at once the second is told.
    """
    if not actor.may(permission):
        raise Refused("Your role does not do this with your organisation's rules.")
    wait_turn(session)
    session.expire_all()
    if seen is None or seen != last_step(session):
        happened = tuple(
            f"{step.person.name} made version {step.rulebook.number} {step.status}: {step.reason}"
            for step in steps_after(session, seen or 0)
        )
        raise Stale(
            "Somebody else changed the rules after you opened this page, so nothing was done. Look at what happened, then "
            "do it again if it still fits.",
            happened,
        )


def allowed(reason: str | None) -> None:
    """Raise Conflict for a reason why a version cannot take this step now."""
    if reason is not None:
        raise Conflict(reason)


def sound(version: OrganisationRulebook) -> Rulebook:
    """The rulebook that `version` makes. Raises Invalid where it cannot be read or an example does not do what it says."""
    try:
        made = rulebook_of(version)
        check(shipped_rulebook(), made)
    except RulebookError as error:
        raise Invalid(
            f"Version {version.number} is refused, and the rules in use stay: {'; '.join(error.problems[:5])}"
        ) from error
    return made


def add_step(
    session: Session,
    version: OrganisationRulebook,
    actor: Person,
    status: str,
    reason: str,
    *,
    event: Event | None = None,
) -> None:
    """From now on `version` is `status`; the audit trail has `event` (else that of the status) and no words."""
    version.steps.append(RulebookStep(status=status, person=actor, happened_at=clock.now(), reason=reason))
    session.flush()
    record(session, event or _EVENTS[status], version.id, actor.id, number=version.number)


def publish(session: Session, version: OrganisationRulebook, actor: Person, reason: str) -> None:
    """Put `version` in use, and the one before it out of use."""
    before = published_version(session)
    if before is not None and before.status == "published":
        add_step(session, before, actor, "superseded", f"Version {version.number} took its place.")
    add_step(session, version, actor, "published", reason)
