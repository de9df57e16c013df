"""Appeals: who may make one and until when, and who may hear it. Pure."""

from __future__ import annotations

from datetime import date

from governance.cases.clocks.targets import targets_in_use
from governance.cases.clocks.timing import Span
from governance.cases.clocks.timing import last_day as last_day_of
from governance.cases.models import Case
from governance.cases.outcomes import FORMAL, lighter
from governance.cases.standing import answers_to, has_acted, is_subject, kept_out, of_another
from governance.kernel import clock
from governance.people.models import Person

OVERTURNED_TO = "no_action"
APPEAL_WORKING_DAYS = 10
"""Working days that the author has to appeal. Our own figure, after no verified source: check local policy."""


def last_day(case: Case) -> date | None:
    """The last day on which the decision in force can be appealed; None where there is none."""
    decision = case.decision
    if decision is None or decision.issued is None:
        return None
    span = Span("working_days", APPEAL_WORKING_DAYS, targets_in_use().calendar)
    return last_day_of(span.due(decision.issued.issued_at))


def can_appeal(person: Person, case: Case) -> str | None:
    """The author, once a case, from the day the decision is given until the last day."""
    if not person.active or not is_subject(person, case):
        return "Only the author of the post appeals here."
    if case.appeal is not None:
        return "You have appealed. An appeal is heard once."
    until = last_day(case)
    if until is None:
        return "There is no decision to appeal against."
    if clock.local_date(clock.now()) > until:
        return (
            f"The time to appeal ended on {until.day} {until:%B %Y}. If something kept you from it, tell HR."
        )
    return None


def may_hear(person: Person, case: Case) -> str | None:
    """Whether this person may hear the appeal: nobody who has acted in the case, nobody under its decider."""
    reason = kept_out(person, case)
    if reason is not None:
        return f"{person.name} cannot hear this appeal: {of_another(reason)}"
    appeal = case.appeal
    if has_acted(person, case) and (appeal is None or appeal.hearer_id != person.id):
        return f"{person.name} has acted in this case. An appeal is heard by somebody who has not."
    if appeal is not None and answers_to(person, appeal.decider_id):
        return f"{person.name} answers to the person whose decision is appealed."
    if not person.may("case.hear_appeal"):
        return f"{person.name} cannot hear an appeal: they are not a manager, clinical lead or in HR."
    return None


def can_hear(person: Person, case: Case) -> str | None:
    """The person named to hear it."""
    if kept := kept_out(person, case):
        return kept
    appeal = case.appeal
    if appeal is None or appeal.hearer_id != person.id:
        return "Somebody else hears this appeal."
    return None


def can_name_hearer(person: Person, case: Case) -> str | None:
    """The holder, where an appeal has nobody to hear it."""
    if kept := kept_out(person, case):
        return kept
    if case.appeal is None or case.appeal.hearer_id is not None:
        return "Somebody is named to hear this appeal."
    return (
        None
        if case.holder_id == person.id
        else f"{case.holder.name} holds this case, and names who hears it."
    )


def can_answer_appeal(person: Person, case: Case) -> str | None:
    """The person whose decision is appealed may say something to it, once."""
    if kept := kept_out(person, case):
        return kept
    appeal = case.appeal
    if appeal is None or appeal.decider_id != person.id:
        return "Whoever made the decision may answer the appeal."
    return None if appeal.answer is None else "You have answered the appeal."


def variations(case: Case) -> tuple[str, ...]:
    """What an appeal may put in the place of the decision: only what asks less, and nothing formal.

    Nobody is worse off for appealing, and nothing formal rests on one person. No action is 'overturned', not varied.
    """
    if case.appeal is None:
        return ()
    return tuple(
        one for one in lighter(case.appeal.decision.outcome) if one != OVERTURNED_TO and one not in FORMAL
    )
