"""An opinion, written unseen by the others; with the last one the author is invited to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from governance.assessments.models import SEVERITIES
from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import OPINION_KINDS, Case, CasePart, JustCulture, Opinion
from governance.cases.policy import can_give_opinion
from governance.cases.sources import cited
from governance.cases.titles import JUST_CULTURE, JUST_CULTURE_ANSWERS, OPINION_TITLES
from governance.kernel import clock
from governance.kernel.errors import Invalid, Refused
from governance.kernel.text import required, storable
from governance.people.models import Person
from governance.workflow.steps import begin, invite_reply, note


def give_opinion(
    session: Session,
    actor: Person,
    *,
    case: Case,
    version: int | None,
    kind: str,
    seriousness: str,
    findings: str,
    mitigation: str = "",
    sources: Sequence[str] = (),
    just_culture: Mapping[str, str],
) -> Opinion:
    """Write the opinion of `kind` that triage asked for; at least one source, and all four just-culture questions.

    Another opinion that was written meanwhile is no conflict: they stand side by side. The last one takes the case
    to the author's answer. Raises Invalid with the field to mend, or what `begin` raises.
    """
    begin(session, actor, case, "give_opinion", version, beside=frozenset({"give_opinion"}))
    if kind not in OPINION_KINDS:
        raise Invalid("Choose which opinion you write.", "kind")
    if reason := can_give_opinion(actor, case, kind):
        raise Refused(reason)
    if seriousness not in SEVERITIES:
        raise Invalid("Say how serious you find it.", "seriousness")
    findings = required(findings, "findings", "What you find", 10_000)
    mitigation = storable(mitigation.strip(), "mitigation", "What speaks for the author", 10_000)
    named = cited(sources)
    asked_first = _answered(just_culture)
    opinion = next(one for one in case.opinions if one.kind == kind)
    opinion.seriousness, opinion.findings = seriousness, findings
    opinion.mitigation, opinion.sources = mitigation or None, named
    opinion.author, opinion.written_at = actor, clock.now()
    session.add(JustCulture(opinion=opinion, **asked_first))
    session.add(CasePart(case=case, person_id=actor.id, part="opinion"))
    note(session, case, actor, "give_opinion", field="opinion", new=OPINION_TITLES[kind])
    record(session, Event.CASE_OPINION_GIVEN, case.id, actor.id, opinion_id=opinion.id, kind=kind)
    invite_reply(session, case)
    return opinion


def _answered(answers: Mapping[str, str]) -> dict[str, str]:
    """The four questions, every one answered."""
    for key, question in JUST_CULTURE.items():
        if answers.get(key) not in JUST_CULTURE_ANSWERS:
            raise Invalid(f"Answer '{question}'", key)
    return {key: answers[key] for key in JUST_CULTURE}
