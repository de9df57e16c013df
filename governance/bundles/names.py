"""Whose names are taken out of a bundle, by its purpose. A reporter's and a complainant's never go to the author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from governance.bundles.redaction import Hidden, Redactor
from governance.cases.decisions import Investigation
from governance.cases.models import Case
from governance.cases.titles import OPINION_NAMES
from governance.letters.models import Letter
from governance.people.models import Person
from governance.reports.models import Report

TOLD_OF_IT = frozenset({"reporter", "complainant"})
LONGEST_LIST = 50  # names that whoever makes the bundle may add


def redactor_for(
    case: Case,
    letters: Iterable[Letter],
    reports: Sequence[Report],
    purpose: str,
    more: Iterable[str] = (),
) -> Redactor:
    """What takes names out of a bundle of `case`. `more` are names that whoever makes it wants out as well."""
    hidden: dict[int, tuple[Person, str]] = {}
    if purpose == "subject_access":
        hidden |= {person.id: (person, words) for person, words in _everybody(case, letters)}
    if purpose != "tribunal":
        acting = {case.holder_id, case.decider_id}
        hidden |= {person.id: (person, words) for person, words in _unsigned(case) if person.id not in acting}
        hidden |= {
            part.person.id: (part.person, "[somebody else]") for part in case.parts if part.part in TOLD_OF_IT
        }
        hidden |= {person.id: (person, "[somebody else]") for person in _reporting(reports)}
    hidden.pop(case.subject_id, None)
    names = [Hidden(person.name, words) for person, words in hidden.values()]
    names += [Hidden(person.email, words, parts=False) for person, words in hidden.values()]
    names += [Hidden(name, "[name taken out]", parts=False) for name in more]
    if purpose != "tribunal":
        names += [
            Hidden(one.from_whom, "[who complained]")
            for one in reports
            if one.from_whom and one.way == "patient_complaint"
        ]
    if purpose == "subject_access":
        names += [Hidden(name, "[a companion]") for name in _companions(case)]
    return Redactor(names, kept=[case.subject.name])


def _reporting(reports: Sequence[Report]) -> Iterator[Person]:
    """Who reported, wrote a complaint down, or complained. A regulator is no person, and is named."""
    for one in reports:
        if one.way != "self_report":
            yield one.made_by
        if one.complainant is not None:
            yield one.complainant


def _companions(case: Case) -> list[str]:
    named = [one.companion for one in case.statements]
    named += [case.appeal.companion] if case.appeal is not None else []
    return [name for name in named if name]


def _unsigned(case: Case) -> Iterator[tuple[Person, str]]:
    """Who wrote which opinion, and who was the second person: the author is not told their names."""
    for one in case.opinions:
        if one.author is not None:
            yield one.author, f"[whoever wrote the {OPINION_NAMES[one.kind]}]"
    for second in case.countersignatures:
        yield second.reviewer, "[a second person]"


def _everybody(case: Case, letters: Iterable[Letter]) -> Iterator[tuple[Person, str]]:
    """Everybody whose name the case's rows hold, with their part; a later part of the same person wins."""
    for event in case.events:
        if event.actor is not None:
            yield event.actor, "[somebody who acted in the case]"
    for letter in letters:
        yield letter.sender, "[who wrote the letter]"
        yield letter.recipient, "[who got the letter]"
    for keeper in (case.post.submitted_by, *(version.written_by for version in case.post.versions)):
        yield keeper, "[who kept the post]"
    yield from ((recusal.person, "[somebody who stepped back]") for recusal in case.recusals)
    yield from ((part.person, "[somebody else]") for part in case.parts)
    yield from _deciding(case)
    yield case.holder, "[the holder of the case]"


def _deciding(case: Case) -> Iterator[tuple[Person, str]]:
    for second in case.countersignatures:
        yield second.reviewer, "[a second person]"
    if case.appeal is not None and case.appeal.hearer is not None:
        yield case.appeal.hearer, "[who heard the appeal]"
    for decision in case.decisions:
        yield decision.decider, "[the decider]"
        yield from _of_plan(decision.investigation)
    if case.decider is not None:
        yield case.decider, "[the decider]"


def _of_plan(plan: Investigation | None) -> Iterator[tuple[Person, str]]:
    if plan is not None:
        yield plan.case_manager, "[the case manager]"
        yield plan.investigator, "[the investigator]"
        if plan.designated_member is not None:
            yield plan.designated_member, "[the designated member]"
