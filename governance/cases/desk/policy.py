"""Who may take a case up, put it aside or ask for help. Pure: None where it is allowed, or the reason why not."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from governance.cases.desk.asked import asked_for_help, open_help
from governance.cases.desk.models import CaseClaim, CaseDeferral, HelpRequest
from governance.cases.models import Case
from governance.cases.policy import can_decide, can_give_opinion, can_hand_over, may_hold
from governance.cases.sight import can_see, can_see_guards
from governance.cases.standing import KIND_ROLES, kept_out
from governance.kernel import clock
from governance.people.models import Person
from governance.people.roles import RoleName

LONGEST_ASIDE = 28  # days, where no clock says by when the case is due


def live_claims(case: Case, now: datetime | None = None) -> list[CaseClaim]:
    """The claims that stand now and that the case's stage still waits for. Handing over or stepping back ends one.

    Twin of `untaken` in views.py.
    """
    at = now or clock.now()
    waited = _claimable(case)
    return [
        claim
        for claim in case.claims
        if claim.what in waited
        and claim.until > at
        and (
            claim.person_id == case.holder_id
            if claim.what == "holding"
            else kept_out(claim.person, case) is None
        )
    ]


def deferral_of(case: Case) -> CaseDeferral | None:
    """How the case is put aside, if it is: not once its day has come, nor when it has moved on."""
    one = case.deferral
    if one is None or one.stage != case.stage or one.until <= clock.local_date(clock.now()):
        return None
    return one


def can_claim(person: Person, case: Case) -> str | None:
    """Whoever the case waits for, or who stands in for its holder, where nobody else has taken it up."""
    if kept := kept_out(person, case):
        return kept
    what = claims_as(person, case)
    if what is None:
        return "This case does not wait for somebody to take it up."
    if what == "holding" and person.id != case.holder_id and (reason := may_hold(person, case)):
        return reason
    standing = next((one for one in live_claims(case) if one.what == what), None)
    if standing is None:
        return None
    if standing.person_id == person.id:
        return "You have taken it up already."
    at = clock.local(standing.until)
    return f"{standing.person.name} has taken it up until {at.day} {at:%B, %H:%M}."


def claims_as(person: Person, case: Case) -> str | None:
    """What `person` would take up: the case at its first look, or the opinion that their role owes."""
    if case.stage in ("held", "triage"):
        return "holding" if can_hand_over(person, case) is None else None
    if case.stage == "review":
        return next((kind for kind in KIND_ROLES if can_give_opinion(person, case, kind) is None), None)
    return None


def can_put_back(person: Person, case: Case) -> str | None:
    """Whoever has taken it up."""
    if kept := kept_out(person, case):
        return kept
    mine = any(claim.person_id == person.id for claim in live_claims(case))
    return None if mine else "You have not taken this case up."


def can_defer(person: Person, case: Case) -> str | None:
    """Whoever the next step waits for: its holder, or the decider when it waits for a decision."""
    if kept := kept_out(person, case):
        return kept
    if case.stage == "reply":
        return "The case waits for the author's answer."
    if case.stage == "decision" and can_decide(person, case) is None:
        return None
    return can_hand_over(person, case)


def can_take_up(person: Person, case: Case) -> str | None:
    """Whoever could have put it aside, where it is."""
    if deferral_of(case) is None:
        return "This case is not put aside."
    return can_defer(person, case)


def last_day_aside(case: Case) -> date:
    """The last day until which a case may be put aside: never beyond the day when its stage is due."""
    longest = clock.local_date(clock.now()) + timedelta(days=LONGEST_ASIDE)
    return min(longest, clock.local_date(case.due_at)) if case.due_at else longest


def can_ask_help(person: Person, case: Case) -> str | None:
    """Whoever works on the case; the author has help of their own."""
    if kept := kept_out(person, case):
        return kept
    if not can_see(person, case) or _only_asked(person, case):
        return "You do not work on this case."
    return None


def may_help(person: Person, case: Case, asker: Person) -> str | None:
    """Whether `asker` may ask this person: somebody who works on cases and is not kept out of this one."""
    if person.id == asker.id:
        return "Ask somebody else than yourself."
    if kept_out(person, case) is not None:
        return f"{person.name} cannot be asked: they are kept out of this case."
    if case.stage == "held" and RoleName.GUARDIAN not in person.role_names:
        return "While the speak-up guardian has the case, only another guardian can be asked."
    if not person.may("case.recuse"):
        return f"{person.name} cannot be asked: they do not work on cases."
    if any(one.asked_id == person.id for one in open_help(case)):
        return f"{person.name} has been asked already."
    return None


def can_answer_help(person: Person, case: Case) -> str | None:
    """Whoever is asked and has not answered."""
    if kept := kept_out(person, case):
        return kept
    return None if asked_for_help(person, case) else "Nobody asked for your help here."


def help_told(person: Person, case: Case) -> list[HelpRequest]:
    """The questions and answers that `person` may read: those of a guardian's time tell that there was one."""
    guarded = can_see_guards(person, case)
    return [
        one
        for one in case.helps
        if one.stage != "held" or guarded or person.id in (one.asked_id, one.asker_id)
    ]


def _only_asked(person: Person, case: Case) -> bool:
    """Whether being asked is all that opens the case to this person: then they answer, and do not ask on."""
    return asked_for_help(person, case) and person.id not in (case.holder_id, case.decider_id)


def _claimable(case: Case) -> tuple[str, ...]:
    if case.stage in ("held", "triage"):
        return ("holding",)
    if case.stage == "review":
        return tuple(one.kind for one in case.opinions if one.written_at is None)
    return ()
