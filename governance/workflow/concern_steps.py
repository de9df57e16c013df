"""What the verbs about concerns share: keeping one, adding a step, and what each act on one does first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from governance.audit.events import Event
from governance.audit.record import record, wait_turn
from governance.cases.models import Case
from governance.concerns.models import Concern, ConcernStep
from governance.concerns.policy import can_follow, can_see
from governance.kernel import clock
from governance.kernel.errors import Missing, Refused
from governance.kernel.versions import expect_version
from governance.people.models import Person


def keep_concern(
    session: Session,
    actor: Person,
    *,
    raised_by: Person,
    raised_at: datetime,
    about: str,
    case: Case | None = None,
) -> Concern:
    """The concern as an item of its own, in words that were checked; audited."""
    concern = Concern(
        raised_by=raised_by,
        raised_at=raised_at,
        recorded_by=actor,
        recorded_at=clock.now(),
        about=about,
        case=case,
    )
    session.add(concern)
    session.flush()
    record(
        session,
        Event.CONCERN_RECORDED,
        concern.id,
        actor.id,
        raised_by_id=raised_by.id,
        case_id=case.id if case else None,
    )
    return concern


def raised_in(case: Case) -> datetime:
    """When the words that a case is about were said: that is when its author spoke up."""
    return min(case.post.posted_at or case.opened_at, case.opened_at)


def add_step(
    session: Session, actor: Person, concern: Concern, *, kind: str, words: str, to_whom: str | None = None
) -> ConcernStep:
    """One more step, in words that were checked; the concern gets a new version. The caller audits."""
    step = ConcernStep(
        concern=concern,
        kind=kind,
        happened_at=clock.now(),
        actor=actor,
        to_whom=to_whom,
        words=words,
    )
    session.add(step)
    flag_modified(concern, "about")
    session.flush()
    return step


def begin_following(session: Session, actor: Person, concern: Concern, version: int | None) -> None:
    """Lock `concern` and see that `actor` may follow it, from a page that showed it at `version`.

    Raises Missing (they may not know of it), Refused, or Stale.
    """
    wait_turn(session)
    session.refresh(concern, with_for_update=True)
    session.expire(concern, ["steps", "touched"])
    if not can_see(actor, concern):
        raise Missing("There is no such concern, or none that you may see.")
    if reason := can_follow(actor, concern):
        raise Refused(reason)
    later = [step for step in concern.steps if step.id]
    expect_version(concern, version, tuple(f"{step.actor.name} noted a step." for step in later[-1:]))
