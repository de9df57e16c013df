"""Opening words that are kept closed, because they may hurt or let somebody be recognised."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.cases.models import Case
from governance.people.models import Person
from governance.workflow.view_case import look


def show_words(session: Session, actor: Person, *, case: Case) -> Case:
    """Record that `actor` asked to see the words of `case`; what the author opens is not recorded. Raises Missing."""
    return look(session, actor, case, Event.CASE_WORDS_SHOWN)
