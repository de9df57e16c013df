"""The first look: whose account and words these are, and whether there is a concern that others should review."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.candidates import unwritable
from governance.cases.identity_check import IDENTITY_TITLES
from governance.cases.models import ROUTES, Case, Opinion
from governance.cases.parts import name_decider
from governance.cases.policy import may_decide
from governance.cases.routing import RANK, kinds_of
from governance.cases.titles import OPINION_NAMES
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.report_steps import give_back
from governance.workflow.steps import begin, invite_reply, move, note, shut

OUTCOMES = ("no_concern", "not_theirs", "coaching", "review")
SOMEBODY_ELSE = ("same_name",)
"""Answers of the identity check that leave open whose post it is."""
COACHING_UP_TO = "medium"
"""The severity up to which a word with the author may be all."""


def triage(
    session: Session,
    actor: Person,
    *,
    case: Case,
    version: int | None,
    identity: str,
    how_known: str,
    outcome: str,
    reason: str,
    message: str | None = None,
    route: str | None = None,
    decider: Person | None = None,
) -> Case:
    """Record the identity check and what follows: close (with a message where coaching is offered), or ask for a review.

    `identity` is a key of IDENTITY_TITLES, `how_known` how that was checked; `reason` is read by the author too. What is
    not theirs is closed as that; where somebody else has the same name, its reports go back to find out who.
    Where a guardian released a case that was under way, what is written already stands, and is not asked for again.
    A review needs a `route` and the `decider`, who is never author, reporter or the only one who could write an
    opinion. Raises Invalid with the field to mend, or what `begin` raises.
    """
    begin(session, actor, case, "triage", version)
    how_known = required(how_known, "how_known", "How you checked the account and the words", 2_000)
    reason = required(reason, "reason", "Your reasons", 5_000)
    _check_choice(case, identity, outcome)
    if outcome == "review":
        asked = _asked(session, case, route, decider)
    elif outcome == "coaching":
        message = required(message, "message", "A message to the author", 5_000)
    note(session, case, actor, "triage", field="identity", new=identity, reason=how_known)
    if outcome == "review":
        _ask(session, actor, case, *asked, reason=reason)
        return case
    if outcome == "coaching":
        note(session, case, actor, "triage", field="message", new=message)
    if identity in SOMEBODY_ELSE:
        give_back(session, case, actor, how_known)
    shut(session, case, actor, "triage", closure=outcome, reason=reason)
    record(session, Event.CASE_CLOSED, case.id, actor.id, closure=outcome)
    return case


def _check_choice(case: Case, identity: str, outcome: str) -> None:
    if identity not in IDENTITY_TITLES:
        raise Invalid("Say whether this is the author's account and words.", "identity")
    if outcome not in OUTCOMES:
        raise Invalid("Choose what should happen next.", "outcome")
    if identity != "theirs" and outcome != "not_theirs":
        raise Invalid(
            "If it is not their account or words, the case is closed as not theirs. Choose that, or change your answer "
            "above.",
            "outcome",
        )
    if identity == "theirs" and outcome == "not_theirs":
        raise Invalid(
            "You said that these are the author's account and words. Change that answer, or choose another next step.",
            "outcome",
        )
    if outcome == "coaching" and RANK[case.severity] > RANK[COACHING_UP_TO]:
        raise Invalid(
            f"Coaching alone is for low harm. This case is {case.severity}: close it with no concern, or ask for a review.",
            "outcome",
        )


def _asked(session: Session, case: Case, route: str | None, decider: Person | None) -> tuple[str, Person]:
    if route not in ROUTES:
        raise Invalid("Choose whose opinion is needed.", "route")
    if decider is None:
        raise Invalid("Name the person who will decide.", "decider")
    if reason := may_decide(decider, case):
        raise Invalid(reason, "decider")
    if kind := unwritable(session, case, _still_owed(case, route), decider):
        raise Invalid(
            f"Nobody but {decider.name} could write the {OPINION_NAMES[kind]}, and who decides writes none. "
            "Name another decider, or choose another opinion.",
            "decider",
        )
    return route, decider


def _ask(session: Session, actor: Person, case: Case, route: str, decider: Person, *, reason: str) -> None:
    case.route = route
    name_decider(session, case, decider)
    _ask_opinions(session, case, route)
    move(session, case, actor, "triage", stage="review", reason=reason)
    note(session, case, actor, "triage", field="route", old=case.suggested_route, new=route)
    note(session, case, actor, "triage", field="decider", new=decider.name)
    record(session, Event.CASE_TRIAGED, case.id, actor.id, route=route, decider_id=decider.id)
    invite_reply(session, case)


def _still_owed(case: Case, route: str) -> tuple[str, ...]:
    written = {opinion.kind for opinion in case.opinions if opinion.written_at is not None}
    return tuple(kind for kind in kinds_of(route) if kind not in written)


def _ask_opinions(session: Session, case: Case, route: str) -> None:
    """Ask for what the route needs; what was asked before the guardian held the case, and not written, is let go."""
    owed = _still_owed(case, route)
    for opinion in [one for one in case.opinions if one.written_at is None]:
        session.delete(opinion)
    session.flush()
    session.expire(case, ["opinions"])
    session.add_all(Opinion(case=case, kind=kind, asked_at=clock.now()) for kind in owed)
