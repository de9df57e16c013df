"""What people have on their desks on the day of seeding: cases they took up or put aside, and a question to a colleague."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.cases.candidates import possible_helpers
from governance.cases.desk.own import keep_view
from governance.cases.desk.policy import can_claim, can_defer, last_day_aside
from governance.cases.models import Case
from governance.kernel import clock
from governance.people.models import Person, Role
from governance.people.roles import RoleName
from governance.workflow.ask_help import ask_help
from governance.workflow.claim import claim
from governance.workflow.defer import defer

QUESTION = "Would you say that the person in this post could be recognised by somebody who was not there?"
ASIDE = "I meet the author on the ward that day, and would rather ask than guess."


def work_on_desks(session: Session) -> None:
    """One of each, where the day's cases have room for it, all by the verbs themselves."""
    waiting = list(
        session.scalars(select(Case).where(Case.stage == "triage").order_by(Case.look_by, Case.id))
    )
    reviews = list(
        session.scalars(select(Case).where(Case.stage == "review").order_by(Case.look_by, Case.id))
    )
    tomorrow = clock.local_date(clock.now()) + timedelta(days=1)
    for case in [one for one in waiting if last_day_aside(one) >= tomorrow][:1]:
        if can_defer(case.holder, case) is None:
            defer(session, case.holder, case=case, version=case.version, until=tomorrow, reason=ASIDE)
            waiting.remove(case)
    for case in waiting[:1]:
        claim(session, case.holder, case=case, version=case.version)
        keep_view(
            session,
            case.holder,
            name="Grave, at its first look",
            query="view=team&stage=triage&severity=high",
        )
    for case in reviews[:1]:
        _take_up_an_opinion(session, case)
    for case in reviews[1:2]:
        _ask(session, case)


def _take_up_an_opinion(session: Session, case: Case) -> None:
    for writer in _with_role(session, RoleName.CLINICAL_LEAD, RoleName.HR):
        if can_claim(writer, case) is None:
            claim(session, writer, case=case, version=case.version)
            return


def _ask(session: Session, case: Case) -> None:
    officers = _with_role(session, RoleName.DPO)
    for asked in possible_helpers(session, case, case.holder):
        if asked in officers:
            ask_help(session, case.holder, case=case, version=case.version, asked=asked, question=QUESTION)
            return


def _with_role(session: Session, *roles: RoleName) -> list[Person]:
    names = [role.value for role in roles]
    return list(
        session.scalars(
            select(Person).where(Person.active, Person.roles.any(Role.name.in_(names))).order_by(Person.id)
        )
    )
