"""What the trends count, read from the database: one row for each person and week, so that people can be counted
over any number of weeks. A person who posts in two weeks is one person, which no sum of weekly counts would tell.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Integer, Select, case, exists, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import GenericFunction

from governance.assessments.models import Assessment, AssessmentBenefit, AssessmentCategory
from governance.insight import weeks
from governance.insight.measures import FLAGGED
from governance.insight.tables import Entry
from governance.people.models import Person
from governance.posts.models import Post, PostVersion

AnySelect = Select[*tuple[Any, ...]]
Scope = Collection[int] | None
"""The departments whose people are counted; None for all."""

EPOCH_JULIAN = 2451546.5  # the Julian day of weeks.FIRST_MONDAY, as SQLite counts days


class days_since_first_monday(GenericFunction[int]):  # noqa: N801  (an SQL function's name)
    """Days from weeks.FIRST_MONDAY to a date, as a whole number, on both databases."""

    type = Integer()
    inherit_cache = True
    name = "days_since_first_monday"


@compiles(days_since_first_monday, "sqlite")
def _sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(julianday({compiler.process(element.clauses, **more)}) - {EPOCH_JULIAN} AS INTEGER)"


@compiles(days_since_first_monday, "postgresql")
def _postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"({compiler.process(element.clauses, **more)} - DATE '{weeks.FIRST_MONDAY}')"


def week_of(day: Any) -> ColumnElement[int]:
    """The week number (insight/weeks.py) of a date column."""
    return days_since_first_monday(day) // 7


def latest_assessments(query: AnySelect) -> AnySelect:
    """Join Post to its latest version, and that to its latest assessment (outer: a post counts without one)."""
    newest = select(func.max(PostVersion.number)).where(PostVersion.post_id == Post.id).correlate(Post)
    last = (
        select(func.max(Assessment.id))
        .where(Assessment.post_version_id == PostVersion.id)
        .correlate(PostVersion)
    )
    return query.join(
        PostVersion, (PostVersion.post_id == Post.id) & (PostVersion.number == newest.scalar_subquery())
    ).outerjoin(Assessment, Assessment.id == last.scalar_subquery())


def _counted(*columns: Any, kind: str, scope: Scope) -> AnySelect:
    chosen: AnySelect = select(week_of(Post.local_date).label("week"), Post.author_id, *columns)
    query = latest_assessments(chosen.select_from(Post))
    query = query.where(Post.kind == kind, Post.local_date >= weeks.monday(weeks.horizon()))
    if scope is not None:
        query = query.join(Person, Person.id == Post.author_id).where(Person.department_id.in_(scope))
    return query


def posts(session: Session, scope: Scope = None, kind: str = "published") -> list[Entry]:
    """Posts (or drafts, by the day they were handed in) with how many were flagged and how many did some good.

    The member of each entry is its platform; by_department and by_profession regroup.
    """
    flagged = case((Assessment.severity.in_(FLAGGED), 1), else_=0)
    good = case((exists().where(AssessmentBenefit.assessment_id == Assessment.id), 1), else_=0)
    query = _counted(Post.platform, func.count(), func.sum(flagged), func.sum(good), kind=kind, scope=scope)
    return _entries(session, query.group_by("week", Post.author_id, Post.platform))


def categories(session: Session, scope: Scope = None) -> list[Entry]:
    """Published posts that a kind of concern flagged at medium or more; the member is the category."""
    query = _counted(
        AssessmentCategory.category, func.count(), func.count(), 0, kind="published", scope=scope
    )
    query = query.join(AssessmentCategory, AssessmentCategory.assessment_id == Assessment.id)
    query = query.where(AssessmentCategory.severity.in_(FLAGGED))
    return _entries(session, query.group_by("week", Post.author_id, AssessmentCategory.category))


def benefits(session: Session, scope: Scope = None) -> list[Entry]:
    """Published posts that did a kind of good; the member is the benefit."""
    query = _counted(AssessmentBenefit.benefit, func.count(), 0, func.count(), kind="published", scope=scope)
    query = query.join(AssessmentBenefit, AssessmentBenefit.assessment_id == Assessment.id)
    return _entries(session, query.group_by("week", Post.author_id, AssessmentBenefit.benefit))


def _entries(session: Session, query: AnySelect) -> list[Entry]:
    return [
        Entry(week, person, member, n, flagged, good)
        for week, person, member, n, flagged, good in session.execute(query)
    ]


def by_department(session: Session, entries: list[Entry]) -> list[Entry]:
    """`entries` with the department that each person is in today as member."""
    return _regrouped(entries, dict(session.execute(select(Person.id, Person.department_id)).all()))


def by_profession(session: Session, entries: list[Entry]) -> list[Entry]:
    """`entries` with each person's profession as member; 'none' where they have none."""
    rows = session.execute(select(Person.id, Person.profession)).all()
    return _regrouped(entries, {person: profession or "none" for person, profession in rows})


def _regrouped(entries: list[Entry], members: dict[int, Any]) -> list[Entry]:
    return [Entry(e.week, e.person, members[e.person], e.posts, e.flagged, e.good) for e in entries]
