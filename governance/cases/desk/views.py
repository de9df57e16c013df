"""The views of the queue: which cases of those that a person may see, in which order, and how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from governance.assessments.models import Assessment, AssessmentCategory
from governance.cases.desk.models import CaseClaim, CaseDeferral
from governance.cases.models import Case, Opinion, Recusal
from governance.cases.queries import for_rows, seen_of_others, waits_for
from governance.kernel import clock
from governance.people.models import Person

OPEN = Case.stage != bindparam(None, "closed", literal_execute=True)
"""The very words of the index of open cases: by a parameter SQLite could not tell that it fits."""
CLOSED = Case.closed_at.is_not(None)
"""By a CHECK the same as the stage 'closed'; said so, the index by day gives the latest first."""
COUNT_UP_TO = 999
"""Nobody reads a longer list to its end, and counting it would cost more than showing it."""


class Marks(NamedTuple):
    """What the views ask of each open case; each is asked once, however many views use it."""

    waits: ColumnElement[bool]
    team: ColumnElement[bool]
    untaken: ColumnElement[bool]
    overdue: ColumnElement[bool]
    aside: ColumnElement[bool]


@dataclass(frozen=True)
class Filters:
    """What the queue's address asks for; None asks for everything."""

    view: str = "mine"
    stage: str | None = None
    category: str | None = None
    severity: str | None = None
    reference: str | None = None


def queue(person: Person, filters: Filters) -> Select[Case]:
    """The cases about others that `person` may see, by harm and time left; closed ones latest first."""
    query = select(Case).where(*_conditions(person, filters))
    if filters.view == "closed":
        query = query.order_by(Case.closed_at.desc(), Case.id.desc())
    else:
        query = query.order_by(Case.look_by, Case.id)
    return query.options(*for_rows())


def how_many(session: Session, person: Person, filters: Filters) -> int:
    """How many cases `filters` finds for `person`, counted up to one more than COUNT_UP_TO."""
    return session.scalar(select(_count(*_conditions(person, filters)))) or 0


def view_counts(session: Session, person: Person) -> dict[str, int]:
    """How many open cases each view of the queue has for `person`: one look at each open case that they may see.

    Closed cases only become more, and nobody works through them: they are not counted here.
    """
    marks = _marks(person)
    named = [mark.label(name) for name, mark in zip(Marks._fields, marks, strict=True)]
    seen = select(*named).where(OPEN, seen_of_others(person)).cte("seen").prefix_with("MATERIALIZED")
    told = Marks(*(seen.c[name] for name in Marks._fields))
    live = {name: func.sum(case((view(told), 1), else_=0)) for name, view in LIVE.items()}
    counts = session.execute(select(*live.values()).select_from(seen)).one()
    return {name: count or 0 for name, count in zip(live, counts, strict=True)}


def count_words(number: int) -> str:
    """A count as it is shown: 12, or 999+."""
    return f"{number:,}" if number <= COUNT_UP_TO else f"{COUNT_UP_TO}+"


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    found = select(literal(1)).select_from(Case).where(*conditions).limit(COUNT_UP_TO + 1).subquery()
    return select(func.count()).select_from(found).scalar_subquery()


def _conditions(person: Person, filters: Filters) -> list[ColumnElement[bool]]:
    view = CLOSED if filters.view == "closed" else and_(OPEN, LIVE[filters.view](_marks(person)))
    found = [view, seen_of_others(person)]
    if filters.stage:
        found.append(Case.stage == filters.stage)
    if filters.severity:
        found.append(Case.severity == filters.severity)
    if filters.category:
        found.append(_about(filters.category))
    if filters.reference:
        found.append(Case.reference.contains(filters.reference.upper(), autoescape=True))
    return found


def _about(category: str) -> ColumnElement[bool]:
    """That one of the case's checks found `category`."""
    of_category = select(AssessmentCategory.assessment_id).where(AssessmentCategory.category == category)
    later = Case.of_post.any(
        and_(
            Assessment.id > Case.assessment_id,
            Assessment.id.in_(of_category),
            or_(Case.closed_at.is_(None), Assessment.assessed_at <= Case.closed_at),
        )
    )
    return or_(Case.assessment_id.in_(of_category), later)


def deferred() -> ColumnElement[bool]:
    """The condition on Case that it is put aside. Twin of desk/policy.py's deferral_of."""
    return exists().where(
        CaseDeferral.case_id == Case.id,
        CaseDeferral.stage == Case.stage,
        CaseDeferral.until > clock.local_date(clock.now()),
    )


def untaken() -> ColumnElement[bool]:
    """The condition on Case that it waits for somebody and nobody has taken it up. Twin of desk/policy.py's live_claims."""
    now = clock.now()
    held = exists().where(
        CaseClaim.case_id == Case.id,
        CaseClaim.what == "holding",
        CaseClaim.person_id == Case.holder_id,
        CaseClaim.until > now,
    )
    left = exists().where(Recusal.case_id == CaseClaim.case_id, Recusal.person_id == CaseClaim.person_id)
    claimed = exists().where(
        CaseClaim.case_id == Opinion.case_id,
        CaseClaim.what == Opinion.kind,
        CaseClaim.until > now,
        ~left,
    )
    owed = exists().where(Opinion.case_id == Case.id, Opinion.written_at.is_(None), ~claimed)
    return or_(and_(Case.stage.in_(("held", "triage")), ~held), and_(Case.stage == "review", owed))


def _marks(person: Person) -> Marks:
    reports = select(Person.id).where(Person.line_manager_id == person.id)
    return Marks(
        waits=waits_for(person),
        team=or_(Case.holder_id == person.id, Case.holder_id.in_(reports)),
        untaken=untaken(),
        overdue=and_(Case.due_at.is_not(None), Case.due_at <= clock.now()),
        aside=deferred(),
    )


LIVE: Mapping[str, Callable[[Marks], ColumnElement[bool]]] = {
    "mine": lambda one: and_(one.waits, ~one.aside),
    "team": lambda one: one.team,
    "unassigned": lambda one: and_(one.untaken, ~one.aside),
    "waiting": lambda one: and_(~one.waits, ~one.aside),
    "overdue": lambda one: one.overdue,
    "aside": lambda one: one.aside,
}
"""The views of open cases, by what is asked of each case."""
VIEW_TITLES = {
    "mine": "Needs you now",
    "team": "Held by you or your team",
    "unassigned": "Not taken up yet",
    "waiting": "Waiting for others",
    "overdue": "Overdue",
    "aside": "Put aside",
    "closed": "Closed",
}
VIEWS = tuple(VIEW_TITLES)
