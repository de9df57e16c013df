"""Taking back one's own last act, while nothing was sent and nobody has acted on it. Both events stay."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case, CaseEvent
from governance.cases.parts import clear_decider, release_second
from governance.cases.retracing import last_act
from governance.kernel.errors import Conflict
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.obstacles import check_taking_back
from governance.workflow.steps import begin, move, reopen


def undo(session: Session, actor: Person, *, case: Case, version: int | None, reason: str) -> Case:
    """Take the case back to where it stood before its last act, with a `reason`.

    The time at that stage goes on from where it was. Raises Conflict where something went out meanwhile or another case
    about the post is open, Invalid, or what `begin` raises.
    """
    begin(session, actor, case, "undo", version)
    act = last_act(case)
    if act is None:
        raise Conflict("Nothing can be taken back here.")
    reason = required(reason, "reason", "Why you take it back", 2_000)
    check_taking_back(session, case, act)
    back_to = _stood_at(case, act)
    since = max(
        (one.happened_at for one in case.events if one.id < act.id and one.new == back_to), default=None
    )
    _take_back(session, case)
    move(session, case, actor, "undo", stage=back_to, reason=reason, since=since or case.opened_at)
    record(session, Event.CASE_UNDONE, case.id, actor.id, verb=act.verb, stage=back_to)
    return case


def _stood_at(case: Case, act: CaseEvent) -> str:
    """The stage before the act."""
    moved = next((one for one in case.events if one.id >= act.id and one.field == "stage" and one.old), None)
    if moved is None or moved.old is None:
        raise Conflict("Nothing can be taken back here.")
    return moved.old


def _take_back(session: Session, case: Case) -> None:
    """What the act had put beside the stage: the closing, the second person, or decider and opinions asked for."""
    if case.stage == "closed":
        reopen(session, case)
    elif case.stage == "countersign":
        release_second(session, case)
    elif case.stage == "review":
        for opinion in [one for one in case.opinions if one.written_at is None]:
            session.delete(opinion)
        session.flush()
        session.expire(case, ["opinions"])
        clear_decider(session, case)
