"""How two people agree who judged the same case without knowing each other's view: Cohen's kappa, with its interval.

Kappa is the agreement beyond what chance alone would give: 1 where two always agree, 0 where they agree as often as chance
would make them (Cohen 1960). Its standard error is that of Fleiss, Cohen and Everitt (1969).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from governance.assessments.models import Assessment, AssessmentCategory
from governance.cases.models import Case, Countersignature, Opinion
from governance.insight.report_cases import UNCOUNTED_CLOSURE, UNCOUNTED_STAGE
from governance.insight.suppression import FEWEST
from governance.scoring.evaluation.intervals import Interval, Z

FEWEST_CASES = 10
"""With fewer cases an interval is so wide that kappa says nothing: it is not shown."""


@dataclass(frozen=True)
class Kappa:
    """`agreed` of `cases` were judged alike; `value` None where everybody always chose one and the same answer."""

    cases: int
    agreed: int
    value: float | None
    interval: Interval | None


@dataclass(frozen=True)
class Twice:
    """One case that two people judged unseen by each other: whose post it was, of which kind, who they were, what they said."""

    author: int
    category: str
    first: str
    second: str
    said_first: str
    said_second: str


@dataclass(frozen=True)
class Agreed:
    """One row: a pair or a kind of concern. `kappa` None where it is hidden."""

    name: str
    kappa: Kappa | None


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Kappa:
    """Cohen's kappa of two answers to the same cases, unweighted."""
    n = len(pairs)
    agreed = sum(one == other for one, other in pairs)
    if not n:
        return Kappa(0, 0, None, None)
    joint = {pair: count / n for pair, count in Counter(pairs).items()}
    margins = rows, columns = _margins(joint)
    observed = agreed / n
    chance = sum(rows[label] * columns[label] for label in rows.keys() & columns.keys())
    if chance >= 1:
        return Kappa(n, agreed, None, None)
    value = (observed - chance) / (1 - chance)
    spread = Z * _standard_error(joint, margins, value, chance) / math.sqrt(n)
    return Kappa(n, agreed, value, (max(-1.0, value - spread), min(1.0, value + spread)))


def _margins(
    joint: Mapping[tuple[Hashable, Hashable], float],
) -> tuple[dict[Hashable, float], dict[Hashable, float]]:
    rows: dict[Hashable, float] = defaultdict(float)
    columns: dict[Hashable, float] = defaultdict(float)
    for (one, other), share in joint.items():
        rows[one] += share
        columns[other] += share
    return rows, columns


def _standard_error(
    joint: Mapping[tuple[Hashable, Hashable], float],
    margins: tuple[Mapping[Hashable, float], Mapping[Hashable, float]],
    value: float,
    chance: float,
) -> float:
    """Fleiss, Cohen and Everitt (1969): the large-sample standard error where kappa is not 0, times the root of n."""
    rows, columns = margins
    same = sum(
        share * (1 - (rows[one] + columns.get(one, 0.0)) * (1 - value)) ** 2
        for (one, other), share in joint.items()
        if one == other
    )
    apart = sum(
        share * (columns.get(one, 0.0) + rows.get(other, 0.0)) ** 2
        for (one, other), share in joint.items()
        if one != other
    )
    variance = same + (1 - value) ** 2 * apart - (value - chance * (1 - value)) ** 2
    return math.sqrt(max(0.0, variance)) / (1 - chance)


def opinions_twice(session: Session) -> list[Twice]:
    """Cases in which two opinions were written unseen by each other, with how serious each found it."""
    query = (
        select(Case)
        .where(Case.stage != UNCOUNTED_STAGE, Case.opinions.any(Opinion.written_at.is_not(None)))
        .options(
            selectinload(Case.opinions).joinedload(Opinion.author),
            selectinload(Case.assessment).selectinload(Assessment.categories),
        )
        .order_by(Case.id)
    )
    found = []
    for case in session.scalars(query):
        written = [one for one in case.opinions if one.author is not None and one.seriousness is not None]
        if case.closure == UNCOUNTED_CLOSURE:
            continue
        for one, other in combinations(sorted(written, key=lambda opinion: opinion.kind), 2):
            if one.author is not None and other.author is not None:
                found.append(
                    Twice(
                        case.subject_id,
                        _worst(case.assessment.categories),
                        one.author.name,
                        other.author.name,
                        one.seriousness or "",
                        other.seriousness or "",
                    )
                )
    return found


def outcomes_twice(session: Session) -> list[Twice]:
    """Decisions that a second person judged before reading them, with the outcome that each would choose."""
    query = (
        select(Case)
        .where(
            Case.stage != UNCOUNTED_STAGE,
            Case.countersignatures.any(Countersignature.written_at.is_not(None)),
        )
        .options(
            selectinload(Case.countersignatures).joinedload(Countersignature.reviewer),
            selectinload(Case.countersignatures).joinedload(Countersignature.decision),
            selectinload(Case.assessment).selectinload(Assessment.categories),
        )
        .order_by(Case.id)
    )
    return [
        Twice(
            case.subject_id,
            _worst(case.assessment.categories),
            one.decision.decider.name,
            one.reviewer.name,
            one.decision.outcome,
            one.outcome,
        )
        for case in session.scalars(query)
        for one in case.countersignatures
        if one.blind and one.outcome is not None and case.closure != UNCOUNTED_CLOSURE
    ]


def _worst(categories: Sequence[AssessmentCategory]) -> str:
    """The kind of concern that scored most; '' where the check found none."""
    return max(categories, key=lambda row: (row.score, row.category)).category if categories else ""


def by_pair(rows: Iterable[Twice]) -> list[Agreed]:
    """Kappa of each two people, whoever of them was asked first; those with most cases first, hidden ones last."""
    return _grouped(rows, lambda row: " and ".join(sorted((row.first, row.second))), _in_order)


def by_category(rows: Iterable[Twice], titles: Mapping[str, str]) -> list[Agreed]:
    """Kappa for each kind of concern, over all pairs."""
    return _grouped(
        rows,
        lambda row: titles.get(row.category, "No kind of concern"),
        lambda row: (row.said_first, row.said_second),
    )


def overall(rows: Iterable[Twice]) -> Kappa | None:
    """Kappa over everything; None where too few people or cases stand behind it."""
    return _shown(list(rows), lambda row: (row.said_first, row.said_second))


def _in_order(row: Twice) -> tuple[str, str]:
    """What two people said, in the order of their names."""
    if row.first <= row.second:
        return row.said_first, row.said_second
    return row.said_second, row.said_first


def _grouped(
    rows: Iterable[Twice], name: Callable[[Twice], str], said: Callable[[Twice], tuple[str, str]]
) -> list[Agreed]:
    groups: dict[str, list[Twice]] = defaultdict(list)
    for row in rows:
        groups[name(row)].append(row)
    found = [Agreed(key, _shown(members, said)) for key, members in groups.items()]
    return sorted(
        found, key=lambda one: (one.kappa is None, -(one.kappa.cases if one.kappa else 0), one.name)
    )


def _shown(rows: Sequence[Twice], said: Callable[[Twice], tuple[str, str]]) -> Kappa | None:
    if len({row.author for row in rows}) < FEWEST or len(rows) < FEWEST_CASES:
        return None
    return kappa([said(row) for row in rows])
