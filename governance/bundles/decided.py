"""The decisions of a case for a bundle, with what second persons said and the appeal, as far as the viewer may read them."""

from __future__ import annotations

from governance.bundles.contents import Item, given, moment_words
from governance.cases.models import Case, Countersignature, Decision
from governance.cases.sight import can_see_guards, decisions_told, may_see_proposals
from governance.cases.titles import (
    APPEAL_RESULTS,
    BASIS_TITLES,
    COUNTERSIGN_ANSWERS,
    OUTCOME_TITLES,
    PROPORTIONALITY,
    REFERRAL_REASONS,
    SCHEME_TITLES,
)
from governance.people.models import Person


def decision_items(case: Case, viewer: Person) -> list[Item]:
    """Every decision that the viewer may read, what second persons said where they may, then the appeal."""
    items = [_decision(case, viewer, one) for one in decisions_told(viewer, case)]
    if may_see_proposals(viewer, case):
        items += [_second(one) for one in case.countersignatures if one.written_at is not None]
    return items + _appeal(case)


def _second(one: Countersignature) -> Item:
    return Item(
        f"second-opinion-{one.id}",
        f"What a second person would decide: {OUTCOME_TITLES[one.outcome or '']}",
        given(
            ("By", one.reviewer.name),
            ("Written before reading the decision", "yes" if one.blind else "no"),
            ("Written", moment_words(one.written_at) if one.written_at else None),
            ("After comparing", COUNTERSIGN_ANSWERS.get(one.answer or "")),
            ("Comment", one.comment),
        ),
        one.reasons or "",
    )


def _appeal(case: Case) -> list[Item]:
    made = case.appeal
    if made is None:
        return []
    facts = given(
        ("Made", moment_words(made.made_at)),
        ("With", made.companion),
        ("What the decider said to it", made.answer),
        ("Heard by", made.hearer.name if made.hearer else None),
        ("Result", APPEAL_RESULTS.get(made.result or "")),
        ("Reasons", made.reasons),
        ("Conditions", made.conditions),
        ("Decided", moment_words(made.decided_at) if made.decided_at else None),
    )
    return [Item("appeal", "The appeal", facts, made.grounds)]


def _decision(case: Case, viewer: Person, one: Decision) -> Item:
    issued = one.issued
    facts = [
        ("Outcome", OUTCOME_TITLES[one.outcome]),
        ("Basis", BASIS_TITLES[one.basis]),
        ("Given to the author", moment_words(issued.issued_at) if issued else "no"),
        ("In force", "yes" if issued and issued.ended_at is None else "no"),
        ("Decided by", one.decider.name),
        ("Decided", moment_words(one.decided_at)),
        ("Stands on", "; ".join(one.sources)),
    ]
    facts += given(("What changed after a second person differed", one.changed))
    facts += _formal(one)
    if one.proportionality and can_see_guards(viewer, case):
        facts += [(PROPORTIONALITY.get(key, key), answer) for key, answer in one.proportionality.items()]
    return Item(f"decision-{one.number}", OUTCOME_TITLES[one.outcome], tuple(facts), one.reasons)


def _formal(one: Decision) -> tuple[tuple[str, str], ...]:
    """Who does what in a formal investigation, and whether a regulator is told."""
    plan, weighed = one.investigation, one.referral
    facts: tuple[tuple[str, str], ...] = ()
    if plan is not None:
        facts += given(
            ("Procedure", SCHEME_TITLES[plan.scheme]),
            ("Case manager", plan.case_manager.name),
            ("Case investigator", plan.investigator.name),
            ("Designated member", plan.designated_member.name if plan.designated_member else None),
            ("What is to be found out", plan.terms),
        )
    if weighed is not None:
        facts += given(
            (weighed.regulator or "Regulator", "is told" if weighed.refer else "is not told"),
            ("Kind of concern", REFERRAL_REASONS.get(weighed.reason or "")),
            ("Talked over first", weighed.talked_to),
            ("Why", weighed.why),
        )
    return facts
