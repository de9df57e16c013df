"""The appeal is decided: the decision stands, something lighter takes its place, or it falls."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.appealing import OVERTURNED_TO, variations
from governance.cases.models import RESULTS, Appeal, Case, Decision
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid
from governance.kernel.text import required, storable
from governance.people.models import Person
from governance.workflow.decide import weighed
from governance.workflow.issuing import put_in_force
from governance.workflow.obstacles import left_to_do
from governance.workflow.steps import begin, move, note, shut


def hear_appeal(
    session: Session,
    actor: Person,
    *,
    case: Case,
    version: int | None,
    result: str,
    reasons: str,
    outcome: str = "",
    conditions: str = "",
    proportionality: Mapping[str, str] | None = None,
) -> Appeal:
    """Decide the appeal, with reasons that the author reads, and close the case.

    'varied' needs an `outcome` of appealing.variations: never heavier. Where tasks are still open the case goes back to
    be closed once they are done; it cannot be appealed again. Raises Invalid with the field to mend, or what `begin`
    raises.
    """
    begin(session, actor, case, "hear_appeal", version)
    appeal = case.appeal
    if appeal is None:
        raise Conflict("There is no appeal in this case.")
    _check(case, result, outcome)
    appeal.reasons = required(reasons, "reasons", "Your reasons", 10_000)
    appeal.conditions = storable(conditions.strip(), "conditions", "Conditions", 5_000) or None
    if result != "upheld":
        answers = weighed(proportionality or {}) if result == "varied" and case.guards else None
        lighter = outcome if result == "varied" else OVERTURNED_TO
        new = _in_its_place(session, actor, case, lighter, answers)
        appeal.new_decision_id = new.id
        put_in_force(session, case, actor, new, "hear_appeal")
    appeal.result, appeal.decided_at = result, clock.now()
    session.flush()
    note(session, case, actor, "hear_appeal", field="result", new=result, reason=appeal.reasons)
    record(session, Event.CASE_APPEAL_HEARD, case.id, actor.id, appeal_id=appeal.id, result=result)
    if left_to_do(session, case):
        move(session, case, actor, "hear_appeal", stage="issued")
    else:
        shut(session, case, actor, "hear_appeal", closure="outcome")
    return appeal


def _check(case: Case, result: str, outcome: str) -> None:
    if result not in RESULTS:
        raise Invalid("Choose what becomes of the decision.", "result")
    if result == "varied" and outcome not in variations(case):
        raise Invalid("Choose a lighter outcome. An appeal never makes it heavier.", "outcome")


def _in_its_place(
    session: Session, actor: Person, case: Case, outcome: str, answers: dict[str, str] | None
) -> Decision:
    appeal = case.appeal
    if appeal is None:
        raise LookupError(f"{case.reference} has no appeal")
    new = Decision(
        case_id=case.id,
        number=len(case.decisions) + 1,
        basis="appeal",
        decider_id=actor.id,
        outcome=outcome,
        reasons=appeal.reasons,
        sources=appeal.decision.sources,
        guarded=answers is not None,
        proportionality=answers,
        decided_at=clock.now(),
    )
    session.add(new)
    session.flush()
    session.expire(case, ["decisions"])
    return new
