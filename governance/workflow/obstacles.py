"""What stands in the way of closing a case, or of taking an act back. Each check answers with a line for each obstacle.

Rooms that give a case things to do, or send something out, add their check here.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from governance.cases.models import Case, CaseEvent
from governance.cases.tasks.policy import kind_of
from governance.cases.tasks.queries import open_tasks
from governance.kernel.errors import Conflict


def _tasks(session: Session, case: Case) -> list[str]:
    """Tasks that are open: on each one's page is said what was done, or why it is not needed."""
    return [f"the task '{kind_of(task).title}'" for task in open_tasks(session, case)]


CLOSING: tuple[Callable[[Session, Case], list[str]], ...] = (_tasks,)
"""What is left to do before the case may close: each line says what."""

TAKING_BACK: tuple[Callable[[Session, Case, CaseEvent], list[str]], ...] = ()
"""What went out since the event: each line says what, and an act that reached somebody is not taken back."""


def left_to_do(session: Session, case: Case) -> list[str]:
    """What is left to do before `case` may close, a line each."""
    return [line for check in CLOSING for line in check(session, case)]


def check_closing(session: Session, case: Case) -> None:
    """Raise Conflict where something is left to do, naming all of it."""
    if left := left_to_do(session, case):
        raise Conflict(f"{case.reference} cannot be closed yet. First: {'; '.join(left)}.")


def check_taking_back(session: Session, case: Case, event: CaseEvent) -> None:
    """Raise Conflict where something went out since `event`, naming all of it."""
    if sent := [line for check in TAKING_BACK for line in check(session, case, event)]:
        raise Conflict(
            f"This cannot be taken back any more: {'; '.join(sent)}. Reopen the case with a reason instead."
        )
