"""The decision: an outcome with written reasons and sources, by the person named for it; a second person where needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.choosing import second_person
from governance.cases.countersigning import needs_second_person, sent_back, to_settle
from governance.cases.models import OUTCOMES, Case, Decision
from governance.cases.parts import ask_second
from governance.cases.sources import cited
from governance.cases.titles import OUTCOME_TITLES, PROPORTIONALITY
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.formal_steps import InvestigationPlan, ReferralWeighed, add_formal_step, check_formal
from governance.workflow.issuing import issue
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
    changed: str = "",
    investigation: InvestigationPlan | None = None,
    referral: ReferralWeighed | None = None,
) -> Decision:
    """Write the decision. Alone it is issued; where cases/countersigning.py asks for a second person it goes to them.

    Where a guard is on the case, `proportionality` answers every question of titles.PROPORTIONALITY. After a second
    person differed, `changed` says what changed or why nothing did; after two differences a third person chooses one
    of the two outcomes, and that is issued. Formal investigations and referrals need their own part. Raises Invalid
    with the field to mend, Conflict where nobody could countersign, or what `begin` raises.
    """
    begin(session, actor, case, "decide", version)
    basis = _basis(case, outcome)
    guarded = bool(case.guards)
    decision = Decision(
        case_id=case.id,
        number=len(case.decisions) + 1,
        basis=basis,
        decider_id=actor.id,
        outcome=outcome,
        reasons=required(reasons, "reasons", "Your reasons", 10_000),
        changed=required(changed, "changed", "What you changed, or why nothing", 5_000)
        if basis == "anew"
        else None,
        sources=cited(sources),
        guarded=guarded,
        proportionality=weighed(proportionality or {}) if guarded else None,
        decided_at=clock.now(),
    )
    check_formal(case, outcome, investigation, referral)
    session.add(decision)
    session.flush()
    session.expire(case, ["decisions"])
    add_formal_step(session, decision, case, investigation, referral)
    if basis != "settled" and needs_second_person(case, outcome):
        _send_on(session, actor, case, decision)
    else:
        issue(session, case, actor, decision, "decide")
    return decision


def _basis(case: Case, outcome: str) -> str:
    between = to_settle(case)
    if between is not None and outcome not in between:
        named = " or ".join(f"'{OUTCOME_TITLES[one]}'" for one in dict.fromkeys(between))
        raise Invalid(
            f"Two people differed twice. Choose {named}, so that two people stand behind it.", "outcome"
        )
    if outcome not in OUTCOMES:
        raise Invalid("Choose an outcome.", "outcome")
    if between is not None:
        return "settled"
    return "anew" if sent_back(case) is not None else "first"


def _send_on(session: Session, actor: Person, case: Case, decision: Decision) -> None:
    """To the second person, who is told nothing of it yet."""
    asked = ask_second(session, case, decision, second_person(session, case))
    note(session, case, actor, "decide", field="proposal", new=decision.outcome)
    move(session, case, actor, "decide", stage="countersign")
    note(session, case, None, "decide", field="second", new=asked.reviewer.name)
    record(session, Event.CASE_DECISION_PROPOSED, case.id, actor.id, decision_id=decision.id)


def weighed(answers: Mapping[str, str]) -> dict[str, str]:
    """Every question answered. What is protected may only be met with a step that is weighed in writing."""
    return {
        key: required(answers.get(key), key, f"Your answer to '{question}'", 2_000)
        for key, question in PROPORTIONALITY.items()
    }
