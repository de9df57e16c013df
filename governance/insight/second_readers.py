"""How often two people who decide without seeing each other come to the same: by pair and by category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.assessments.models import AssessmentCategory
from governance.cases.models import Case, Countersignature, Decision


@dataclass(frozen=True)
class Pair:
    """What two people decided of one case, the second without having seen the first. `categories` are the case's worst."""

    decider_id: int
    reviewer_id: int
    decided: str
    seconded: str
    categories: frozenset[str]


def blind_pairs(session: Session) -> list[Pair]:
    """Every blind second opinion that was written, with the outcome it was compared with.

    Opinions written after reading the decision are left out: they agree for other reasons. No guard is told.
    """
    rows = session.execute(
        select(
            Countersignature.decider_id,
            Countersignature.reviewer_id,
            Decision.outcome,
            Countersignature.outcome,
            Case.assessment_id,
            Case.severity,
        )
        .join(Decision, Decision.id == Countersignature.decision_id)
        .join(Case, Case.id == Countersignature.case_id)
        .where(Countersignature.blind, Countersignature.written_at.is_not(None))
        .order_by(Countersignature.id)
    ).all()
    worst = _worst(session, {(row.assessment_id, row.severity) for row in rows})
    return [
        Pair(decider, reviewer, decided, seconded or "", frozenset(worst[assessment_id]))
        for decider, reviewer, decided, seconded, assessment_id, _severity in rows
    ]


def _worst(session: Session, wanted: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    severity_of = dict(wanted)
    found: dict[int, set[str]] = defaultdict(set)
    query = select(
        AssessmentCategory.assessment_id, AssessmentCategory.category, AssessmentCategory.severity
    ).where(AssessmentCategory.assessment_id.in_(severity_of))
    for assessment_id, category, severity in session.execute(query):
        if severity == severity_of[assessment_id]:
            found[assessment_id].add(category)
    return found


def kappa(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa of the outcomes: 1 is always the same, 0 what chance alone would give; None where it says nothing.

    It says nothing without pairs, or where both always chose one and the same outcome.
    """
    if not pairs:
        return None
    number = len(pairs)
    agreed = sum(pair.decided == pair.seconded for pair in pairs) / number
    outcomes = {pair.decided for pair in pairs} | {pair.seconded for pair in pairs}
    chance = sum(
        sum(pair.decided == one for pair in pairs) * sum(pair.seconded == one for pair in pairs)
        for one in outcomes
    ) / (number * number)
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def by_people(pairs: Iterable[Pair]) -> dict[tuple[int, int], list[Pair]]:
    """The pairs of each two people, whichever of them decided."""
    found: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    for pair in pairs:
        first, second = sorted((pair.decider_id, pair.reviewer_id))
        found[first, second].append(pair)
    return dict(found)


def by_category(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    """The pairs of each category; a case with two of them counts in both."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        for category in pair.categories:
            found[category].append(pair)
    return dict(found)
