"""What every verb on a case does first and last: lock the case, see that the act is allowed, and leave its events."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from governance.audit.events import Event
from governance.audit.record import record, wait_turn
from governance.cases.clocks.keep import enter_stage
from governance.cases.desk.acts import DESK_VERBS
from governance.cases.models import Case, CaseEvent
from governance.cases.sight import can_see
from governance.cases.standing import is_subject, kept_out
from governance.cases.tasks.kinds import TASK_VERBS
from governance.cases.timeline import changes_since
from governance.kernel import clock
from governance.kernel.errors import Conflict, Missing, Refused
from governance.kernel.versions import expect_version
from governance.people.models import Person
from governance.workflow.obstacles import check_closing
from governance.workflow.stages import act_of

ALWAYS_BESIDE = TASK_VERBS | {"warn_clock", "escalate_clock"}
"""Verbs on what goes on beside a case, and what the product says by itself: no form on the case is stale for them."""


def begin(
    session: Session,
    actor: Person,
    case: Case,
    verb: str,
    version: int | None,
    *,
    beside: frozenset[str] = frozenset(),
) -> None:
    """Lock `case` and see that `actor` may do `verb` to it now, from a page that showed it at `version`.

    Raises Refused (kept out of the case, or not theirs to do), Missing (they may not know of it), Stale (it changed
    since; with what changed) or Conflict (its stage no longer allows the act). Changes by the verbs in `beside` stand
    side by side with this one and are no conflict. Nothing is changed yet: a verb checks all it was given first.
    """
    look_again(session, actor, case, version, beside=beside)
    act = act_of(case, verb)
    if reason := act.can(actor, case):
        raise Refused(reason)


def look_again(
    session: Session,
    actor: Person,
    case: Case,
    version: int | None,
    *,
    beside: frozenset[str] = frozenset(),
) -> None:
    """The first half of `begin`, for what is done beside the way of a case, in any stage: a letter, a bundle.

    Raises what `begin` raises, but for the Conflict of a stage and the refusal of an act.
    """
    wait_turn(session)
    session.flush()
    session.execute(select(Case.id).where(Case.id == case.id).with_for_update())
    session.expire_all()  # what was read before the lock may have changed since
    if not is_subject(actor, case) and (reason := kept_out(actor, case)):
        raise Refused(reason)
    if not can_see(actor, case):
        raise Missing("There is no such case, or none that you may see.")
    if version is None or version > case.version or _changed(case, version, beside | ALWAYS_BESIDE):
        expect_version(case, version, changes_since(actor, case, version or 0))


def _changed(case: Case, version: int, beside: frozenset[str]) -> bool:
    """Whether anything happened since that the person should look at first. What lies on the desk changes nothing."""
    quiet = beside | DESK_VERBS
    return any(event.version > version and event.verb not in quiet for event in case.events)


def note(
    session: Session,
    case: Case,
    actor: Person | None,
    verb: str,
    *,
    field: str | None = None,
    old: str | None = None,
    new: str | None = None,
    reason: str | None = None,
) -> CaseEvent:
    """Add one event to the case's timeline. `actor` None is the product itself.

    The case gets a new version with it, whether or not the verb changes the case's own columns.
    """
    flag_modified(case, "stage")
    session.flush()
    event = CaseEvent(
        case=case,
        happened_at=clock.now(),
        actor_id=actor.id if actor else None,
        verb=verb,
        field=field,
        old=old,
        new=new,
        reason=reason,
        version=case.version,
    )
    session.add(event)
    return event


def move(
    session: Session,
    case: Case,
    actor: Person | None,
    verb: str,
    *,
    stage: str,
    reason: str | None = None,
    since: datetime | None = None,
) -> None:
    """Take the case to another stage, and note it. The clock of the old stage stops, that of the new one starts.

    `since` is when the case came there first, where a step is taken back: its time goes on and does not begin anew.
    """
    old = case.stage
    case.stage, case.stage_since = stage, since or clock.now()
    enter_stage(session, case)
    note(session, case, actor, verb, field="stage", old=old, new=stage, reason=reason)


def invite_reply(session: Session, case: Case) -> None:
    """Invite the author to answer, where every opinion that was asked for is written."""
    if all(opinion.written_at is not None for opinion in case.opinions):
        move(session, case, None, "invite_reply", stage="reply")
        record(session, Event.CASE_REPLY_INVITED, case.id, None, subject_id=case.subject_id)


def shut(
    session: Session, case: Case, actor: Person, verb: str, *, closure: str, reason: str | None = None
) -> None:
    """Close the case for the reason that `closure` names. Raises Conflict where something is left to do first."""
    check_closing(session, case)
    case.closed_at, case.closure = clock.now(), closure
    move(session, case, actor, verb, stage="closed", reason=reason)


def reopen(session: Session, case: Case) -> None:
    """Make a closed case open again; the caller moves it to its stage at once, before anything is flushed.

    Raises Conflict where another case about its post is open.
    """
    other = session.scalar(
        select(Case.reference).where(Case.post_id == case.post_id, Case.stage != "closed", Case.id != case.id)
    )
    if other is not None:
        raise Conflict(
            f"Another case about this post is open. Tell whoever holds {other}, and it can be looked at there."
        )
    case.closed_at, case.closure = None, None
