"""The second person writes what they would decide, before they may read what was decided."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.countersigning import awaited
from governance.cases.models import OUTCOMES, Case, Countersignature
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.steps import begin, move, note


def write_second_opinion(
    session: Session, actor: Person, *, case: Case, version: int | None, outcome: str, reasons: str
) -> Countersignature:
    """Keep the blind opinion. Another outcome than the decider's takes the case back to them, with both readable.

    With the same outcome the second person reads the decision next, and compares. Raises Invalid, or what `begin` raises.
    """
    begin(session, actor, case, "write_second_opinion", version)
    asked = awaited(case)
    if asked is None:
        raise Conflict("Nobody waits for a second opinion in this case.")
    if outcome not in OUTCOMES:
        raise Invalid("Choose what you would decide.", "outcome")
    asked.reasons = required(reasons, "reasons", "Your reasons", 10_000)
    asked.outcome, asked.written_at = outcome, clock.now()
    note(session, case, actor, "write_second_opinion", field="second_opinion", new=outcome)
    record(session, Event.CASE_SECOND_OPINION_GIVEN, case.id, actor.id, countersignature_id=asked.id)
    if outcome != asked.decision.outcome:
        asked.answer, asked.answered_at = "differed", clock.now()
        move(session, case, actor, "write_second_opinion", stage="decision")
    return asked
