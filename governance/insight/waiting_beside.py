"""What waits for a person beside the cases: tasks with clocks of their own, and time that runs short."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from governance.cases.clocks.models import ClockNotice
from governance.cases.clocks.queries import notices_for
from governance.cases.clocks.words import Left, left
from governance.cases.sight import can_see
from governance.cases.tasks.models import CaseTask
from governance.cases.tasks.policy import kind_of
from governance.cases.tasks.queries import task_counts, tasks_for
from governance.cases.titles import STAGE_TITLES
from governance.people.models import Person

SHOWN = 5  # rows of each list; the rest is a link away


@dataclass(frozen=True)
class TaskRow:
    """One task for the person to do."""

    task: CaseTask
    title: str
    left: Left


@dataclass(frozen=True)
class ShortTime:
    """One clock of a case of which the person was told: what it is of, and what is left."""

    reference: str
    what: str
    kind: str
    left: Left


@dataclass(frozen=True)
class Beside:
    """The first tasks for a person, how many there are, and the clocks of which they were told."""

    tasks: list[TaskRow]
    total: int
    short: list[ShortTime]


def beside(session: Session, person: Person) -> Beside:
    """What waits for `person` beside the cases, what is due first."""
    total = task_counts(session, person)["yours"]
    rows = session.scalars(tasks_for(person, "yours").limit(SHOWN)).unique() if total else ()
    tasks = [TaskRow(task, kind_of(task).title, left(task.clock)) for task in rows]
    short = [
        _short(notice)
        for notice in notices_for(session, person)
        if notice.clock.stage is not None and can_see(person, notice.clock.case)
    ]
    return Beside(tasks, total, short[:SHOWN])


def _short(notice: ClockNotice) -> ShortTime:
    running = notice.clock
    return ShortTime(running.case.reference, STAGE_TITLES[running.stage or ""], notice.kind, left(running))
