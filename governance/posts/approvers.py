"""Who approves a draft: the line manager, or a clinical lead where much is at stake."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.guidance.rulebook import RANK
from governance.kernel.errors import Invalid
from governance.people.models import Department, Person, Role
from governance.people.queries import managers_above
from governance.people.roles import RoleName

CLINICAL_FROM = "high"
"""From this severity on a clinical lead looks at a draft (issue 2, item 7)."""


def find_approver(session: Session, author: Person, severity: str) -> Person:
    """The line manager, or at high or more a clinical lead: of the author's department, else of those above it, else any.

    Where there is none it is the next up the tree of line managers; where nobody is left there, any clinical lead.
    Nobody approves their own draft. Raises Invalid where the organisation has nobody at all.
    """
    lead = _clinical_lead(session, author) if RANK[severity] >= RANK[CLINICAL_FROM] else None
    manager = next((one for one in managers_above(author) if one.may("draft.review")), None)
    found = lead or manager or _clinical_lead(session, author)
    if found is None:
        raise Invalid(
            "There is nobody who could approve a draft of yours. Ask your administrator to name your line manager."
        )
    return found


def _clinical_lead(session: Session, author: Person) -> Person | None:
    leads = session.scalars(
        select(Person)
        .where(
            Person.active,
            Person.id != author.id,
            Person.roles.any(Role.name == RoleName.CLINICAL_LEAD.value),
        )
        .order_by(Person.id)
    ).all()
    for department in _departments_up(author.department):
        for lead in leads:
            if lead.department_id == department.id:
                return lead
    return leads[0] if leads else None


def _departments_up(department: Department) -> Iterator[Department]:
    seen: set[int] = set()
    above: Department | None = department
    while above is not None and above.id not in seen:
        seen.add(above.id)
        yield above
        above = above.parent
