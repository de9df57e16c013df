"""The second person: when one is needed, who may be one, and what they may do when. Pure.

The rule where two differ. The second opinion is written blind. Another outcome goes back to the decider, both readable, who
decides anew and says what changed or why nothing did. If the second person, who now sees everything, still differs, a
third who has not acted chooses one of the two outcomes: whatever is issued, two people stand behind it.
"""

from __future__ import annotations

from governance.cases.models import Case, Countersignature, Decision
from governance.cases.outcomes import FORMAL
from governance.cases.standing import answers_to, kept_out, of_another, part_of
from governance.people.models import Person


def needs_second_person(case: Case, outcome: str) -> bool:
    """Formal outcomes, critical cases, cases with a guard; and every further decision where somebody was asked before."""
    return (
        outcome in FORMAL
        or case.severity == "critical"
        or bool(case.guards)
        or any(one.written_at is not None for one in case.countersignatures)
    )


def proposal(case: Case) -> Decision | None:
    """The last decision that was written and never issued, if the last one was not."""
    last = case.decisions[-1] if case.decisions else None
    return last if last is not None and last.issued is None else None


def awaited(case: Case) -> Countersignature | None:
    """What the case at countersign waits for."""
    if case.stage != "countersign":
        return None
    return next((one for one in reversed(case.countersignatures) if one.answer is None), None)


def differing(case: Case) -> list[Countersignature]:
    """What second persons wrote of the last proposals and differed in, since a decision was last issued."""
    issued = max((one.number for one in case.decisions if one.issued is not None), default=0)
    return [
        one for one in case.countersignatures if one.answer == "differed" and one.decision.number > issued
    ]


def sent_back(case: Case) -> Countersignature | None:
    """The answer that the decider has before them: the last, where the last proposal was differed from."""
    last, found = proposal(case), differing(case)
    return found[-1] if last is not None and found and found[-1].decision_id == last.id else None


def to_settle(case: Case) -> tuple[str, str] | None:
    """The two outcomes between which a third person chooses, once a second person has differed twice."""
    last = sent_back(case)
    if last is None or last.blind or last.outcome is None:
        return None
    return (last.decision.outcome, last.outcome)


def may_countersign(person: Person, case: Case) -> str | None:
    """Whether this person may be asked to be the second: nobody with a part, not the holder, nobody under the decider."""
    reason = kept_out(person, case)
    if reason is not None:
        return f"{person.name} cannot countersign this case: {of_another(reason)}"
    if part_of(person, case) is not None or person.id in (case.holder_id, case.decider_id):
        return f"{person.name} has acted in this case. The second person has to be somebody new to it."
    if answers_to(person, case.decider_id):
        return f"{person.name} answers to the person who decided, and could not freely differ."
    if not person.may("case.countersign"):
        return f"{person.name} cannot countersign: they are not a manager, clinical lead or in HR."
    return None


def may_settle(person: Person, case: Case) -> str | None:
    """Whether this person may be the third, who chooses between two: as new to the case as a second person."""
    if reason := may_countersign(person, case):
        return reason
    return None if person.may("case.decide") else f"{person.name} cannot decide this case."


def can_write_second_opinion(person: Person, case: Case) -> str | None:
    """The second person, before they have written what they would decide."""
    asked = _asked(person, case)
    if isinstance(asked, str):
        return asked
    if not asked.blind:
        return "You wrote your own opinion before. Read what was decided, and say whether you agree."
    return None if asked.written_at is None else "You have written your own opinion in this case."


def can_countersign(person: Person, case: Case) -> str | None:
    """The second person, once their own opinion is written, and they may read the decision."""
    asked = _asked(person, case)
    if isinstance(asked, str):
        return asked
    if asked.blind and asked.written_at is None:
        return "First write what you would decide. Then you read what was decided."
    return None


def _asked(person: Person, case: Case) -> Countersignature | str:
    if kept := kept_out(person, case):
        return kept
    asked = awaited(case)
    if asked is None or asked.reviewer_id != person.id:
        return "Somebody else was asked to be the second person."
    return asked
