"""What a formal outcome needs beside its reasons: who investigates, or why the regulator is told or is not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from governance.cases.models import Case, Decision, Investigation, Referral
from governance.cases.standing import kept_out, part_of
from governance.cases.titles import REFERRAL_REASONS, SCHEME_TITLES
from governance.kernel.errors import Invalid
from governance.kernel.text import required, storable
from governance.people.models import Person

MHPS_REGULATORS = frozenset({"GMC", "GDC"})
"""Whose registrants Maintaining High Professional Standards is written for: doctors and dentists, in England."""


@dataclass(frozen=True)
class InvestigationPlan:
    """Who does what. Under MHPS a designated member keeps the pace; elsewhere there is none."""

    scheme: str
    case_manager: Person | None
    investigator: Person | None
    designated_member: Person | None
    terms: str


@dataclass(frozen=True)
class ReferralWeighed:
    """Whether the regulator is told (None: not said), for which reason, whom it was talked over with, and why or why not."""

    refer: bool | None
    reason: str | None
    talked_to: str
    why: str


def check_formal(
    case: Case, outcome: str, investigation: InvestigationPlan | None, referral: ReferralWeighed | None
) -> None:
    """Raise Invalid with the field to mend where what the outcome needs is missing or does not fit."""
    if outcome == "formal_investigation":
        _check_investigation(case, investigation)
    elif outcome == "referral_considered":
        _check_referral(referral)


def add_formal_step(
    session: Session,
    decision: Decision,
    case: Case,
    investigation: InvestigationPlan | None,
    referral: ReferralWeighed | None,
) -> None:
    """Keep what was checked with the decision."""
    if decision.outcome == "formal_investigation" and investigation is not None:
        member = investigation.designated_member if investigation.scheme == "mhps" else None
        session.add(
            Investigation(
                decision=decision,
                scheme=investigation.scheme,
                case_manager=investigation.case_manager,
                investigator=investigation.investigator,
                designated_member=member,
                terms=investigation.terms,
            )
        )
    elif decision.outcome == "referral_considered" and referral is not None:
        session.add(
            Referral(
                decision=decision,
                regulator=case.subject.regulator,
                refer=bool(referral.refer),
                reason=referral.reason if referral.refer else None,
                talked_to=referral.talked_to.strip() or None,
                why=referral.why,
            )
        )
    session.flush()


def _check_investigation(case: Case, plan: InvestigationPlan | None) -> None:
    if plan is None or plan.scheme not in SCHEME_TITLES:
        raise Invalid("Choose the procedure.", "scheme")
    if plan.scheme == "mhps" and case.subject.regulator not in MHPS_REGULATORS:
        raise Invalid(
            "Maintaining High Professional Standards is for doctors and dentists. Choose your own procedure.",
            "scheme",
        )
    named = [("case_manager", plan.case_manager), ("investigator", plan.investigator)]
    if plan.scheme == "mhps":
        named.append(("designated_member", plan.designated_member))
    seen: set[int] = set()
    for field, person in named:
        if person is None:
            raise Invalid("Name a person.", field)
        if reason := _unfit(person, case, field):
            raise Invalid(reason, field)
        if person.id in seen:
            raise Invalid(f"{person.name} is named already. Each of them has to be another person.", field)
        seen.add(person.id)
    required(plan.terms, "terms", "What is to be found out", 5_000)


def _unfit(person: Person, case: Case, field: str) -> str | None:
    """Why a person may not have a role: nobody kept out of the case; who wrote or judged here does not investigate too."""
    if kept_out(person, case) is not None:
        return f"{person.name} wrote or reported the post, stepped back, or has left. Name somebody else."
    if field != "case_manager" and (part_of(person, case) or person.id in (case.decider_id, case.holder_id)):
        return f"{person.name} has acted in this case. Name somebody who comes to it new."
    return None


def _check_referral(given: ReferralWeighed | None) -> None:
    if given is None or given.refer is None:
        raise Invalid("Say whether the regulator is told.", "refer")
    if given.refer:
        if given.reason not in REFERRAL_REASONS:
            raise Invalid("Choose the reason for which the regulator is told.", "referral_reason")
        required(
            given.talked_to, "talked_to", "Whom you talked it over with first, and what they said", 2_000
        )
    storable(given.talked_to, "talked_to", "Whom you talked it over with", 2_000)
    required(given.why, "referral_why", "Why, or why not", 5_000)
