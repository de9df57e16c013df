"""Play the demo organisation into an empty database, in one transaction: after a kill there is nothing, or all."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.models import AuditEntry
from governance.audit.record import record, wait_turn
from governance.cases.models import Case
from governance.cli.seeding.beside import leave_something_to_do
from governance.cli.seeding.cast import Cast
from governance.cli.seeding.circle_work import draw_circles
from governance.cli.seeding.demo_files import demo_files
from governance.cli.seeding.desk_work import work_on_desks
from governance.cli.seeding.openings import follow, follow_report
from governance.cli.seeding.organisation import found_organisation
from governance.cli.seeding.own_rules import write_own_rules
from governance.cli.seeding.registrations import plan_registrations
from governance.cli.seeding.submissions import plan_submissions
from governance.cli.seeding.timetable import Timetable
from governance.guidance.loader import shipped_rulebook
from governance.kernel import clock
from governance.kernel.database import writing_session
from governance.kernel.errors import Conflict
from governance.people.models import Person
from governance.posts.models import Post

EVERY = 2.0  # seconds between two lines of progress

Say = Callable[[str], None]


@dataclass(frozen=True)
class Seeded:
    """What a run left: rows by name, what did not go as the files tell it, and each of those in a line."""

    counts: dict[str, int]
    shortfalls: dict[str, int]
    told: list[str]
    seconds: float


def has_people(session: Session) -> int:
    """How many people the database holds: seeding is for one that holds none."""
    return session.scalar(select(func.count()).select_from(Person)) or 0


def play(engine: Engine, hashed_password: str, say: Say) -> Seeded:
    """Seed the database of `engine`, which is at head. Raises Conflict, with the cure, where it holds people already."""
    started = time.monotonic()
    with writing_session(engine) as session:
        wait_turn(session)
        if people := has_people(session):
            raise Conflict(
                f"This database holds {people} people already, and the demo is only put into an empty one. Name another "
                "folder in GOVERNANCE_DATA_DIR, or move the old database away, and try again."
            )
        cast = Cast(session, demo_files(), shipped_rulebook(), Timetable(clock.now()))
        files = cast.files
        people, accounts, posts = len(files.people), len(files.accounts), len(files.posts)
        say(f"Seeding {people} people, {accounts} accounts and {posts} posts of 18 months ...")
        found_organisation(cast, hashed_password)
        plan_registrations(cast)
        plan_submissions(cast, follow, follow_report)
        _play_all(cast.timetable, say)
        with clock.at(cast.timetable.now):
            write_own_rules(session)
            work_on_desks(session)
            draw_circles(cast)
        leave_something_to_do(cast)
        counts = _record_the_end(session, cast)
        session.commit()
    return Seeded(counts, dict(cast.shortfalls), cast.told, time.monotonic() - started)


def _play_all(timetable: Timetable, say: Say) -> None:
    said = time.monotonic()
    for moment in timetable.play():
        if time.monotonic() - said >= EVERY:
            said = time.monotonic()
            say(f"  {_month(moment)}: {timetable.played} things done, {len(timetable)} to do")


def _month(moment: datetime) -> str:
    return f"{clock.local(moment):%B %Y}"


def _record_the_end(session: Session, cast: Cast) -> dict[str, int]:
    counts = {"people": has_people(session)}
    for name, model in (("posts", Post), ("cases", Case)):
        counts[name] = session.scalar(select(func.count()).select_from(model)) or 0
    with clock.at(cast.timetable.now):
        record(session, Event.DEMO_SEEDED, None, None, **counts)
    counts["audit entries"] = session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    return {**cast.counts, **counts}
