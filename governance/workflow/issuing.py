"""Putting a decision in force: what the last step of deciding, countersigning and an appeal have in common."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case, Decision, IssuedDecision
from governance.kernel import clock
from governance.people.models import Person
from governance.workflow.steps import move, note


def end_in_force(session: Session, case: Case) -> None:
    """The decision in force, if there is one, is so no longer."""
    standing = session.scalar(
        select(IssuedDecision).where(IssuedDecision.case_id == case.id, IssuedDecision.ended_at.is_(None))
    )
    if standing is not None:
        standing.ended_at = clock.now()
        session.flush()
    session.expire(case, ["decision"])


def put_in_force(session: Session, case: Case, actor: Person, decision: Decision, verb: str) -> None:
    """Give `decision` to the author, in place of what was in force before."""
    old = case.decision.outcome if case.decision is not None else None
    end_in_force(session, case)
    session.add(IssuedDecision(decision_id=decision.id, case_id=case.id, issued_at=clock.now()))
    session.flush()
    session.expire(decision, ["issued"])
    session.expire(case, ["decision"])
    note(session, case, actor, verb, field="outcome", old=old, new=decision.outcome)
    record(session, Event.CASE_DECIDED, case.id, actor.id, decision_id=decision.id, outcome=decision.outcome)


def issue(session: Session, case: Case, actor: Person, decision: Decision, verb: str) -> None:
    """Put `decision` in force, and take the case on."""
    put_in_force(session, case, actor, decision, verb)
    move(session, case, actor, verb, stage="issued")
