"""The second person reads the decision beside their own opinion, and agrees or differs."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.choosing import third_person
from governance.cases.countersigning import awaited
from governance.cases.models import OUTCOMES, Case, Countersignature
from governance.cases.parts import name_decider
from governance.cases.titles import OUTCOME_TITLES
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid
from governance.kernel.text import required, storable
from governance.people.models import Person
from governance.workflow.issuing import issue
from governance.workflow.steps import begin, move, note


def countersign(
    session: Session,
    actor: Person,
    *,
    case: Case,
    version: int | None,
    agrees: bool | None,
    comment: str = "",
    outcome: str = "",
) -> Countersignature:
    """Agree, and the decision is issued; or differ, with a `comment` that says in what.

    Differing for the first time takes it back to the decider. The second time, with both read, names the `outcome` that
    the second person would choose, and a third person chooses between the two. Raises Invalid with the field to mend,
    Conflict where nobody could be the third, or what `begin` raises.
    """
    begin(session, actor, case, "countersign", version)
    asked = awaited(case)
    if asked is None:
        raise Conflict("Nobody waits for a second person in this case.")
    if agrees is None:
        raise Invalid("Say whether you agree.", "agrees")
    if agrees:
        _agree(asked, comment)
    else:
        _differ(asked, comment, outcome)
    asked.answered_at = clock.now()
    note(session, case, actor, "countersign", field="answer", new=asked.answer, reason=asked.comment)
    ids = {"countersignature_id": asked.id, "decision_id": asked.decision_id}
    record(session, Event.CASE_COUNTERSIGNED if agrees else Event.CASE_SENT_BACK, case.id, actor.id, **ids)
    if agrees:
        issue(session, case, actor, asked.decision, "countersign")
    else:
        _send_back(session, actor, case, asked)
    return asked


def _agree(asked: Countersignature, comment: str) -> None:
    asked.comment = storable(comment.strip(), "comment", "What you would add", 5_000) or None
    if not asked.blind:
        asked.outcome, asked.written_at = asked.decision.outcome, clock.now()
        asked.reasons = asked.comment or "Agreed, with both opinions read."
    asked.answer = "agreed"


def _differ(asked: Countersignature, comment: str, outcome: str) -> None:
    said = required(comment, "comment", "In what you differ", 5_000)
    if not asked.blind:
        if outcome not in OUTCOMES:
            raise Invalid("Choose what you would decide.", "outcome")
        if outcome == asked.decision.outcome:
            raise Invalid(
                f"'{OUTCOME_TITLES[outcome]}' is what was decided. Choose another outcome, or agree.",
                "outcome",
            )
        asked.outcome, asked.reasons, asked.written_at = outcome, said, clock.now()
    asked.comment, asked.answer = said, "differed"


def _send_back(session: Session, actor: Person, case: Case, asked: Countersignature) -> None:
    """To the decider; or, after the second time, to a third person who chooses between the two."""
    third = None if asked.blind else third_person(session, case)
    move(session, case, actor, "countersign", stage="decision")
    if third is not None:
        old = case.decider.name if case.decider else None
        name_decider(session, case, third)
        note(session, case, None, "countersign", field="decider", old=old, new=third.name)
