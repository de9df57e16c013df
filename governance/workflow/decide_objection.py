"""Somebody else decides the author's objection. Where it is upheld, the person's place is taken by another."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cases.models import Case, Recusal
from governance.cases.objection.models import Objection
from governance.cases.objection.policy import may_decide_objection, open_objections
from governance.cases.objection.titles import ANSWERS
from governance.kernel import clock
from governance.kernel.errors import Invalid, Refused
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.replacing import check_writers, owed_opinions, replace
from governance.workflow.steps import begin, note

VERB = "decide_objection"


def decide_objection(
    session: Session,
    actor: Person,
    *,
    case: Case,
    version: int | None,
    objection: Objection | None,
    upheld: bool | None,
    answer: str,
) -> Objection:
    """Decide `objection` with an `answer` that the author reads.

    Upheld, the person acts in the case no more and does not see it, as if they had stepped back. Raises Invalid with
    the field to mend, Refused where the objection is another's to decide, Conflict where nobody could take over, or
    what `begin` raises.
    """
    begin(session, actor, case, VERB, version)
    if objection is None or objection not in open_objections(case):
        raise Invalid("Choose the objection that you decide.", "objection")
    if reason := may_decide_objection(actor, case, objection):
        raise Refused(reason)
    if upheld is None:
        raise Invalid("Say whether you uphold it.", "upheld")
    answer = required(answer.strip(), "answer", "Your reasons", 2_000)
    objection.upheld, objection.answer = upheld, answer
    objection.decided_by, objection.decided_at = actor, clock.now()
    session.flush()
    person = objection.person
    words = f"{person.name}: {ANSWERS[upheld].lower()}"
    note(session, case, actor, VERB, field="objection_answer", new=words, reason=answer)
    if upheld:
        owed = owed_opinions(case)
        session.add(
            Recusal(
                case=case,
                person=person,
                reason="The author objected, and it was upheld.",
                declared_at=clock.now(),
            )
        )
        session.flush()
        session.expire(case, ["recusals"])
        check_writers(session, person, case, owed)
        replace(session, case, person, VERB)
    record(session, Event.CASE_OBJECTION_DECIDED, case.id, actor.id, person_id=person.id, upheld=int(upheld))
    return objection
