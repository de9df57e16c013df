"""A case is restricted: beside those who act in it only named people see it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.candidates import unwritable
from governance.cases.models import Case
from governance.cases.restriction.models import CaseNamed, CaseRestriction
from governance.cases.restriction.policy import may_be_named
from governance.cases.titles import OPINION_NAMES
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.replacing import owed_opinions
from governance.workflow.steps import begin, note

VERB = "restrict_case"
EVERYBODY = "Those whose role it is"


def restrict_case(
    session: Session,
    actor: Person,
    *,
    case: Case,
    version: int | None,
    people: Sequence[Person],
    reason: str,
) -> CaseRestriction:
    """Restrict the case to `people`, beside its author and those who act in it; again with others to change the names.

    Who restricts it is always named. Raises Invalid at `people` or `reason`, where nobody inside could write an opinion
    that is asked for too, or what `begin` raises.
    """
    begin(session, actor, case, VERB, version)
    reason = required(reason.strip(), "reason", "Your reason", 2_000)
    for person in people:
        if why := may_be_named(person, case):
            raise Invalid(why, "people")
    before = _names(case) if case.restriction else EVERYBODY
    session.execute(delete(CaseNamed).where(CaseNamed.case_id == case.id))
    session.execute(delete(CaseRestriction).where(CaseRestriction.case_id == case.id))
    session.expire(case, ["restriction", "named"])
    named = list({person.id: person for person in (actor, *people)}.values())
    restriction = CaseRestriction(case_id=case.id, by=actor, since=clock.now(), reason=reason)
    session.add(restriction)
    session.add_all(CaseNamed(case_id=case.id, person=person) for person in named)
    session.flush()
    session.expire(case, ["restriction", "named"])
    if case.decider is not None and (kind := unwritable(session, case, owed_opinions(case), case.decider)):
        raise Invalid(
            f"Nobody whom you named could write the {OPINION_NAMES[kind]} that is asked for. Name somebody who "
            "can.",
            "people",
        )
    note(session, case, actor, VERB, field="restriction", old=before, new=_names(case), reason=reason)
    ids = ",".join(str(person.id) for person in named)
    record(session, Event.CASE_RESTRICTED, case.id, actor.id, people=ids)
    return restriction


def _names(case: Case) -> str:
    return ", ".join(sorted(one.person.name for one in case.named))
