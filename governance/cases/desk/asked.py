"""Whose help is asked in a case. Apart from desk/policy.py, since being asked opens the case (policy.can_see)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.cases.desk.models import HelpRequest
from governance.people.models import Person

if TYPE_CHECKING:
    from governance.cases.models import Case


def open_help(case: Case) -> list[HelpRequest]:
    """The questions that can be answered now. One that was asked before a guardian took the case waits meanwhile."""
    if case.stage == "closed":
        return []
    return [
        one for one in case.helps if one.answered_at is None and (case.stage != "held" or one.stage == "held")
    ]


def asked_for_help(person: Person, case: Case) -> bool:
    """Whether a question to this person stands open."""
    return any(one.asked_id == person.id for one in open_help(case))
