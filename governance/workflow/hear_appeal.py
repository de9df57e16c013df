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
    reasons = required(reasons, "reasons", "Your reasons", 10_000)
    conditions = storable(conditions.strip(), "conditions", "Conditions", 5_000)
    if result == "upheld":
        new = None
    else:
        answers = weighed(proportionality or {}) if result == "varied" and case.guards else None
        lighter = outcome if result == "varied" else OVERTURNED_TO
        new = _in_its_place(case, actor, reasons=reasons, outcome=lighter, answers=answers)
        session.add(new)
        session.flush()
        session.expire(case, ["decisions"])
        put_in_force(session, case, actor, new, "hear_appeal")
    # All at once: the database keeps no appeal that is half decided.
    appeal.result, appeal.reasons, appeal.conditions = result, reasons, conditions or None
    appeal.decided_at, appeal.new_decision_id = clock.now(), new.id if new else None
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
    case: Case, actor: Person, *, reasons: str, outcome: str, answers: dict[str, str] | None
) -> Decision:
    """The decision that takes the place of the one in force; it stands on the same sources."""
    return Decision(
        case_id=case.id,
        number=len(case.decisions) + 1,
        basis="appeal",
        decider_id=actor.id,
        outcome=outcome,
        reasons=reasons,
        sources=case.decision.sources if case.decision else [],
        guarded=answers is not None,
        proportionality=answers,
        decided_at=clock.now(),
    )
