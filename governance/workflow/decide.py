"""The decision: an informal outcome with written reasons and sources, by the person named for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import OUTCOMES, Case, Decision
from governance.cases.sources import cited
from governance.cases.titles import PROPORTIONALITY
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.steps import begin, move, note


def decide(
    session: Session,
    actor: Person,
    *,
    case: Case,
    version: int | None,
    outcome: str,
    reasons: str,
    sources: Sequence[str],
    proportionality: Mapping[str, str] | None = None,
) -> Decision:
    """Issue the outcome. The author reads `reasons` as they are written here.

    Where a guard is on the case, `proportionality` answers every question of titles.PROPORTIONALITY; elsewhere it is
    not kept. One decision a case: a second one meets Stale. Raises Invalid with the field to mend, or what `begin` raises.
    """
    begin(session, actor, case, "decide", version)
    if outcome not in OUTCOMES:
        raise Invalid("Choose an outcome.", "outcome")
    guarded = bool(case.guards)
    decision = Decision(
        case=case,
        decider=actor,
        outcome=outcome,
        reasons=required(reasons, "reasons", "Your reasons", 10_000),
        sources=cited(sources),
        guarded=guarded,
        proportionality=_weighed(proportionality or {}) if guarded else None,
        decided_at=clock.now(),
    )
    session.add(decision)
    note(session, case, actor, "decide", field="outcome", new=outcome)
    move(session, case, actor, "decide", stage="issued")
    record(session, Event.CASE_DECIDED, case.id, actor.id, decision_id=decision.id, outcome=outcome)
    return decision


def _weighed(answers: Mapping[str, str]) -> dict[str, str]:
    """Every question answered. What is protected may only be met with a step that is weighed in writing."""
    return {
        key: required(answers.get(key), key, f"Your answer to '{question}'", 2_000)
        for key, question in PROPORTIONALITY.items()
    }
