"""Whether groups of people meet the same: shares by group with intervals, and each group beside all others. Only counts.

The unit is a person: two posts of one person are not two independent chances, and a share of people has an honest
interval. Suppression follows insight/suppression.py; where a group is a supplied characteristic, a figure that one to
four people stand behind on either side is hidden as well, for whoever knows the group could tell who they are.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from governance.cases.models import Case, Decision, IssuedDecision
from governance.cases.outcomes import OUTCOMES
from governance.equality.models import CHARACTERISTICS
from governance.equality.queries import by_characteristic
from governance.insight import series, weeks
from governance.insight.report_cases import UNCOUNTED_CLOSURE, UNCOUNTED_STAGE
from governance.insight.suppression import FEWEST, Cell, hidden_in_line
from governance.insight.verdicts import upheld
from governance.kernel import clock
from governance.people.models import Department, Person
from governance.scoring.evaluation.intervals import Interval, Z, wilson

MEASURES = ("flagged", "escalated", "upheld", "heavier")
GROUPINGS = ("profession", "department", *CHARACTERISTICS)
LIGHT = frozenset({"no_action", "supportive_conversation", "reflection", "learning"})
"""Outcomes that ask for a talk or for learning; every other one on the ladder asks for more."""
NOT_SAID = "Not said"

People = frozenset[int]


@dataclass(frozen=True)
class Measured:
    """The people of one measure: those it could happen to, and those it happened to."""

    of: People
    hit: People


@dataclass(frozen=True)
class Ratio:
    """The share of a group divided by that of everybody else, with its 95 % interval."""

    value: float
    interval: Interval

    @property
    def apart(self) -> bool:
        """Whether chance alone does not explain it: 1 lies outside the interval."""
        return not self.interval[0] <= 1 <= self.interval[1]


@dataclass(frozen=True)
class Line:
    """One group in one measure. Hidden ones have no numbers."""

    group: str
    of: int | None
    hit: int | None
    interval: Interval | None = None
    ratio: Ratio | None = None

    @property
    def hidden(self) -> bool:
        """Whether it may not be shown."""
        return self.of is None

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where it is hidden or there is nobody."""
        return self.hit / self.of if self.of and self.hit is not None else None


def measured(session: Session) -> dict[str, Measured]:
    """The people of every measure, over the time that trends look back. Cases that a guardian looks after are left out."""
    entries = series.posts(session)
    cases, went_on, decided, stood, more = (set[int]() for _ in range(5))
    for person, route, closure, outcome in _cases(session):
        cases.add(person)
        if route is not None:
            went_on.add(person)
        verdict = upheld(closure, outcome)
        if verdict is not None:
            decided.add(person)
        if verdict:
            stood.add(person)
            if outcome in OUTCOMES and outcome not in LIGHT:
                more.add(person)
    return {
        "flagged": Measured(
            frozenset(entry.person for entry in entries),
            frozenset(entry.person for entry in entries if entry.flagged),
        ),
        "escalated": Measured(frozenset(cases), frozenset(went_on)),
        "upheld": Measured(frozenset(decided), frozenset(stood)),
        "heavier": Measured(frozenset(stood), frozenset(more)),
    }


def _cases(session: Session) -> list[tuple[int, str | None, str | None, str | None]]:
    start = weeks.monday(weeks.horizon())
    rows = session.execute(
        select(Case.subject_id, Case.route, Case.closure, Decision.outcome, Case.opened_at)
        .outerjoin(IssuedDecision, and_(IssuedDecision.case_id == Case.id, IssuedDecision.ended_at.is_(None)))
        .outerjoin(Decision, Decision.id == IssuedDecision.decision_id)
        .where(Case.stage != UNCOUNTED_STAGE, or_(Case.closure.is_(None), Case.closure != UNCOUNTED_CLOSURE))
    )
    return [
        (subject_id, route, closure, outcome)
        for subject_id, route, closure, outcome, opened_at in rows
        if clock.local_date(opened_at) >= start
    ]


def groups(session: Session, grouping: str) -> dict[int, str]:
    """The group of each person by their id; people who are in none are left out."""
    if grouping in CHARACTERISTICS:
        return by_characteristic(session, grouping)
    if grouping == "profession":
        rows = session.execute(select(Person.id, Person.profession)).all()
        return {person: _named(profession) for person, profession in rows}
    return _divisions(session)


def _named(profession: str | None) -> str:
    return profession[:1].upper() + profession[1:] if profession else "No registered profession"


def _divisions(session: Session) -> dict[int, str]:
    """By the highest level of the tree that has two departments or more: single wards are too small to compare."""
    rows = session.execute(select(Department.id, Department.parent_id, Department.name)).all()
    parents = {row.id: row.parent_id for row in rows}
    names = {row.id: row.name for row in rows}
    level = [one for one, parent in parents.items() if parent is None]
    while len(level) == 1 and (below := [one for one, parent in parents.items() if parent == level[0]]):
        level = below
    tops = frozenset(level)
    found = {}
    for person, department in session.execute(select(Person.id, Person.department_id)):
        at: int | None = department
        while at is not None and at not in tops:
            at = parents[at]
        found[person] = names[at if at is not None else department]
    return found


def lines(measure: Measured, members: Mapping[int, str], *, sensitive: bool) -> list[Line]:
    """One measure by group, the largest first; people without a group make one of their own, last."""
    of: dict[str, set[int]] = defaultdict(set)
    for person in measure.of:
        of[members.get(person, NOT_SAID)].add(person)
    hits = {group: people & measure.hit for group, people in of.items()}
    cells = {group: Cell(people=people, posts=len(people)) for group, people in of.items()}
    small = {group for group in of if sensitive and _few(len(hits[group]), len(of[group]))}
    hidden = hidden_in_line(cells, small)
    found = [
        Line(group, None, None)
        if group in hidden
        else _line(group, len(hits[group]), len(people), len(measure.hit & measure.of), len(measure.of))
        for group, people in of.items()
    ]
    return sorted(found, key=lambda line: (line.group == NOT_SAID, line.hidden, -(line.of or 0), line.group))


def _few(hit: int, of: int) -> bool:
    """Whether one to four people stand on either side."""
    return 0 < hit < FEWEST or 0 < of - hit < FEWEST


def _line(group: str, hit: int, of: int, all_hit: int, everybody: int) -> Line:
    ratio = rate_ratio(hit, of, all_hit - hit, everybody - of) if everybody > of else None
    return Line(group, of, hit, wilson(hit, of), ratio)


def rate_ratio(hit: int, of: int, other_hit: int, other_of: int) -> Ratio | None:
    """The ratio of two shares with the interval of its logarithm (Katz 1978); None where either side has nobody.

    Where nobody was hit on one side, half a person is added to each side (Haldane and Anscombe), so that it stays finite.
    """
    if not of or not other_of or not hit + other_hit:
        return None
    a, b, n, m = float(hit), float(other_hit), float(of), float(other_of)
    if not hit or not other_hit:
        a, b, n, m = a + 0.5, b + 0.5, n + 0.5, m + 0.5
    value = (a / n) / (b / m)
    spread = Z * math.sqrt(max(0.0, 1 / a - 1 / n + 1 / b - 1 / m))
    return Ratio(value, (value * math.exp(-spread), value * math.exp(spread)))
