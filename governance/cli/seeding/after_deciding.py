"""What follows a decision in a story: the second person where one is needed, and an appeal where the author makes one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from governance.cases.countersigning import awaited
from governance.cases.models import Case
from governance.people.models import Person
from governance.workflow.answer_appeal import answer_appeal
from governance.workflow.appeal import appeal
from governance.workflow.countersign import countersign
from governance.workflow.decide import decide
from governance.workflow.hear_appeal import hear_appeal
from governance.workflow.write_second_opinion import write_second_opinion


def second_steps(
    session: Session, case: Case, told: dict[str, Any], sources: list[str]
) -> tuple[tuple[str, Callable[[], None]], ...]:
    """What follows a decision, step by step, with what each is called in the report; each does nothing where it is not due."""
    return (
        ("second opinions", lambda: second_person(session, case, told)),
        ("decisions anew", lambda: decide_anew(session, case, told, sources)),
        ("countersignatures", lambda: agree(session, case, told)),
    )


def second_person(session: Session, case: Case, told: dict[str, Any]) -> None:
    """The second person writes their own opinion: the story's, or the decider's outcome where it tells of no difference."""
    asked = awaited(case)
    if asked is None:
        return
    own = told.get("second", {})
    write_second_opinion(
        session,
        asked.reviewer,
        case=case,
        version=case.version,
        outcome=own.get("outcome", told["outcome"]),
        reasons=own.get("reasons")
        or "I read the post, both opinions and the answer, and I come to the same.",
    )


def decide_anew(session: Session, case: Case, told: dict[str, Any], sources: list[str]) -> None:
    """After a second person differed: the decider says what changed, or why nothing did."""
    if case.stage == "decision" and case.decisions and case.decider is not None:
        decide(
            session,
            case.decider,
            case=case,
            version=case.version,
            outcome=told["outcome"],
            reasons=told["reasons"],
            sources=sources,
            changed=told["second"]["changed"],
        )


def agree(session: Session, case: Case, told: dict[str, Any]) -> None:
    """The second person has read both, and stands behind the decision."""
    asked = awaited(case)
    if asked is not None:
        comment = told.get("second", {}).get("agrees", "")
        countersign(session, asked.reviewer, case=case, version=case.version, agrees=True, comment=comment)


def make_appeal(session: Session, case: Case, told: dict[str, Any]) -> None:
    """The author appeals, and whoever decided says something to it."""
    appeal(session, case.subject, case=case, version=case.version, grounds=told["grounds"])
    decider: Person | None = case.decision.decider if case.decision else None
    if decider is not None and told.get("answer"):
        answer_appeal(session, decider, case=case, version=case.version, answer=told["answer"])


def hear(session: Session, case: Case, told: dict[str, Any]) -> None:
    """Somebody new decides the appeal."""
    if case.appeal is not None and case.appeal.hearer is not None:
        hear_appeal(
            session,
            case.appeal.hearer,
            case=case,
            version=case.version,
            result=told["result"],
            reasons=told["reasons"],
            outcome=told.get("outcome", ""),
            conditions=told.get("conditions", ""),
        )
