"""What a run of the seed carries: the session, the people by key, the timetable, and what did not go as written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.cli.seeding.demo_files import DemoFiles
from governance.cli.seeding.timetable import Timetable, draw
from governance.guidance.rulebook import Rulebook
from governance.kernel.errors import GovernanceError
from governance.people.models import Person

FIRST_DAY = 546
"""Days before the seeding on which everybody joined: the day before the first account was registered."""


@dataclass
class Cast:
    """One run. `shortfalls` counts by kind what did not go as the files tell it, and `told` names each for the report."""

    session: Session
    files: DemoFiles
    rulebook: Rulebook
    timetable: Timetable
    people: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, SocialAccount] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    shortfalls: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    def act(self, what: str, doing: Callable[[], object]) -> bool:
        """Do one thing in a savepoint. A refusal undoes that one thing, is noted, and does not end the run."""
        try:
            with self.session.begin_nested():
                doing()
        except GovernanceError as error:
            self.fall_short("refused by a verb", f"{what}: {error.message}")
            return False
        self.counts[what.partition(":")[0]] += 1
        return True

    def plan(self, moment: datetime, what: str, doing: Callable[[], object]) -> None:
        """Have one thing done at `moment`, as `act` does it."""
        self.timetable.plan(moment, lambda: self._played(what, doing))

    def _played(self, what: str, doing: Callable[[], object]) -> None:
        self.act(what, doing)

    def fall_short(self, kind: str, what: str) -> None:
        """Note that something did not go as the files tell it."""
        self.shortfalls[kind] += 1
        self.told.append(f"{kind}: {what}")

    def voice(self, name: str, salt: str) -> str:
        """One of the sentences that voices.toml has for `name`, always the same for the same `salt`."""
        sentences: list[str] = self.files.voices[name]
        return sentences[draw(salt, len(sentences))]

    @property
    def first_day(self) -> datetime:
        """The morning on which everybody joined."""
        return self.timetable.on(FIRST_DAY, "08:00") - timedelta(minutes=1)
