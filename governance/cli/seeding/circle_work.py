"""Who may act in a case and who may see it, on the day of seeding: an objection that waits, and a restricted case."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.cases.models import Case
from governance.cases.objection.queries import open_to_objection
from governance.cases.restriction.policy import can_restrict
from governance.cases.sight import can_see
from governance.cli.seeding.cast import Cast
from governance.cli.seeding.demo_files import demo_sign_ins
from governance.people.models import Person
from governance.people.queries import person_by_email
from governance.people.roles import RoleName
from governance.workflow.object_to_reviewer import object_to_reviewer
from governance.workflow.restrict_case import restrict_case

OBJECTION = "We applied for the same post in the spring, and have not spoken since. I would rather somebody else looked at it."
RESTRICTION = (
    "Half of the department knows the author's family. Only those who have to read it should be able to."
)


def draw_circles(cast: Cast) -> None:
    """One of each, by the verbs themselves, where the day's cases have room for it."""
    for case in _oldest(cast.session, "triage")[1:2]:
        if case.holder in open_to_objection(cast.session, case):
            object_to_reviewer(
                cast.session,
                case.subject,
                case=case,
                version=case.version,
                person=case.holder,
                reason=OBJECTION,
            )
    hr = _sign_in(cast.session, RoleName.HR)
    for case in _oldest(cast.session, "reply")[:1]:
        if hr is not None and can_see(hr, case) and can_restrict(hr, case) is None:
            restrict_case(cast.session, hr, case=case, version=case.version, people=[], reason=RESTRICTION)


def _oldest(session: Session, stage: str) -> list[Case]:
    query = select(Case).where(Case.stage == stage).order_by(Case.stage_since)
    return list(session.scalars(query.limit(2)))


def _sign_in(session: Session, role: RoleName) -> Person | None:
    """Whoever stands for the role among the demo's sign-ins."""
    email = next(one.email for one in demo_sign_ins() if one.role == role)
    return person_by_email(session, email)
