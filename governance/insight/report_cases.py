"""Cases: where they stand, and how long a decision takes.

Nothing here may tell of a guard. Cases held by the guardian, and those closed as an answered concern, are not counted
at all; after a release a case counts like any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median, quantiles

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from governance.cases.models import Case, Decision, IssuedDecision
from governance.cases.titles import STAGE_TITLES
from governance.insight import figures, palette, tables, weeks
from governance.insight.choice import Choice
from governance.insight.measures import DEFINITIONS
from governance.insight.report import HIDDEN, Figure, Table, Value, number, reach, spans, with_hidden
from governance.insight.scope import Scope
from governance.insight.tables import Entry
from governance.kernel import clock
from governance.people.models import Person

UNCOUNTED_STAGE = "held"
UNCOUNTED_CLOSURE = "speak_up_answered"
STAGES = {stage: title for stage, title in STAGE_TITLES.items() if stage != UNCOUNTED_STAGE}


@dataclass(frozen=True)
class CaseFact:
    """What the figures need of one case."""

    subject_id: int
    stage: str
    opened_at: datetime
    decided_at: datetime | None

    @property
    def days(self) -> int:
        """Calendar days in London from opening to decision."""
        decided = clock.local_date(self.decided_at) if self.decided_at else clock.local_date(self.opened_at)
        return (decided - clock.local_date(self.opened_at)).days


def case_facts(session: Session, scope: Scope) -> list[CaseFact]:
    """Every case that may be counted, opened since trends look back, about people of `scope`."""
    start = datetime.combine(weeks.monday(weeks.horizon()), datetime.min.time(), clock.LONDON)
    query = (
        select(Case.subject_id, Case.stage, Case.opened_at, Decision.decided_at)
        .outerjoin(IssuedDecision, and_(IssuedDecision.case_id == Case.id, IssuedDecision.ended_at.is_(None)))
        .outerjoin(Decision, Decision.id == IssuedDecision.decision_id)
        .where(
            Case.opened_at >= start,
            Case.stage != UNCOUNTED_STAGE,
            or_(Case.closure.is_(None), Case.closure != UNCOUNTED_CLOSURE),
        )
    )
    if scope.departments is not None:
        query = query.join(Person, Person.id == Case.subject_id)
        query = query.where(Person.department_id.in_(scope.departments))
    return [CaseFact(*row) for row in session.execute(query)]


def case_figures(session: Session, scope: Scope, choice: Choice) -> list[Figure]:
    """Cases by stage, and days to a decision."""
    facts = case_facts(session, scope)
    return [stages_figure(facts, choice), time_figure(facts, choice)]


def stages_figure(facts: list[CaseFact], choice: Choice) -> Figure:
    """Cases opened in the period, by where they stand today."""
    entries = _entries((fact.opened_at, fact) for fact in facts)
    everybody = tables.overall(entries)
    grouped = tables.grouped(entries, everybody).between(choice.first, choice.last)
    cells = {}
    for stage in STAGES:
        series = grouped.series(stage)
        cells[stage] = None if series.hidden and not series.total.posts else series.total.posts
    whole = everybody.coarser(grouped.unit).between(choice.first, choice.last).total.posts
    shown = {stage: count for stage, count in cells.items() if count}
    rows: list[list[Value]] = [
        [STAGES[stage], HIDDEN if count is None else count, len(grouped.series(stage).hidden)]
        for stage, count in cells.items()
    ]
    sentence = _stage_sentence(cells, whole)
    chart = None
    if shown:
        chart = figures.bars(
            names=[STAGES[stage] for stage in shown],
            values=list(shown.values()),
            texts=[f"{count:,}" for count in shown.values()],
            colours=[palette.POSTS] * len(shown),
            title="Cases",
        )
    return Figure(
        id="stages",
        title="Cases by stage",
        sentence=sentence,
        definition=DEFINITIONS["stages"],
        name=f"Bar chart of cases by stage. {sentence}",
        chart=chart,
        table=Table("Cases by stage", ("Stage", "Cases", "Periods hidden"), rows) if facts else None,
        note=with_hidden(
            reach(spans(grouped.members.values()), grouped.unit), list(cells.values()).count(None), "stage"
        ),
    )


def time_figure(facts: list[CaseFact], choice: Choice) -> Figure:
    """Median days to a decision, with the middle half, by the period of the decision."""
    decided = [(fact.decided_at, fact) for fact in facts if fact.decided_at is not None]
    everybody = tables.overall(_entries(decided)).between(choice.first, choice.last)
    days: dict[int, list[int]] = defaultdict(list)
    for moment, fact in decided:
        days[weeks.block(weeks.number(clock.local_date(moment)), everybody.unit)].append(fact.days)
    rows: list[list[Value]] = []
    drawn = []
    for block, cell in everybody.rows():
        name = weeks.block_words(block, everybody.unit)
        if cell is None:
            rows.append([name, HIDDEN, HIDDEN, HIDDEN, HIDDEN])
        elif cell.posts:
            low, middle, high = quarters(days[block])
            rows.append([name, cell.posts, middle, low, high])
            drawn.append((weeks.extent(block, everybody.unit)[0].isoformat(), low, middle, high))
    sentence = "No time to a decision can be shown here: fewer than five people's cases were decided."
    if drawn:
        _, low, middle, high = drawn[-1]
        name = str(next(row[0] for row in reversed(rows) if row[1] is not HIDDEN))
        sentence = f"Half of the decisions from {name} took {middle:g} days or less; the middle half took {low:g} to {high:g}."
    return Figure(
        id="time",
        title="Days to a decision",
        sentence=sentence,
        definition=DEFINITIONS["time"],
        name=f"Chart of median days to a decision by {weeks.UNIT_WORDS[everybody.unit]}. {sentence}",
        chart=figures.intervals(*(list(part) for part in zip(*drawn, strict=True))) if drawn else None,
        table=Table("Days to a decision", ("Period", "Decisions", "Median", "From", "To"), rows)
        if rows
        else None,
        note=reach(everybody.span, everybody.unit),
    )


def quarters(days: list[int]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile, in days."""
    if len(days) == 1:
        return float(days[0]), float(days[0]), float(days[0])
    low, _, high = quantiles(days, n=4, method="inclusive")
    return round(low, 1), round(float(median(days)), 1), round(high, 1)


def _entries(placed: Iterable[tuple[datetime, CaseFact]]) -> list[Entry]:
    return [
        Entry(weeks.number(clock.local_date(moment)), fact.subject_id, fact.stage, 1, 0, 0)
        for moment, fact in placed
    ]


def _stage_sentence(cells: dict[str, int | None], whole: int) -> str:
    if not whole:
        if any(count is None for count in cells.values()):
            return "No stage can be shown here: fewer than five people's cases are in each."
        return "No case was opened in this period, or too few to show."
    closed = cells["closed"]
    opened = f"{number(whole, 'case was', 'cases were')} opened in this period"
    return f"{opened}; {closed:,} of them closed by now." if closed is not None else f"{opened}."
