"""How often reviewers agreed with each rule in this organisation, and which rules they hardly ever agree with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from governance.assessments.models import Finding
from governance.cases.models import Case, Decision, IssuedDecision
from governance.guidance.rulebook import Rule, Rulebook
from governance.insight.suppression import FEWEST
from governance.insight.verdicts import upheld
from governance.scoring.comparison import Share

FLOOR = 0.3
"""A rule is proposed for shadow where even the upper end of its interval lies below this share of upheld findings."""
FEWEST_DECISIONS = 10
"""With fewer decided findings nothing is proposed."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One rule: findings upheld of findings decided; `share` None where fewer than five people stand behind them."""

    rule: Rule
    share: Share | None

    @property
    def hardly_ever(self) -> bool:
        """Whether it is proposed for shadow. What is hidden is never proposed: that would tell of it."""
        if self.share is None or self.share.interval is None or self.share.of < FEWEST_DECISIONS:
            return False
        return self.rule.status == "live" and self.share.interval[1] < FLOOR


@dataclass(slots=True)
class _Tally:
    upheld: int = 0
    decided: int = 0
    people: set[int] = field(default_factory=set)


def agreements(session: Session, rulebook: Rulebook) -> list[Agreement]:
    """Every rule of `rulebook` with a decided finding, those with which reviewers agree least first, hidden ones last.

    A rule counts once in a case, by the check that opened it; the finding stands or falls with its case.
    """
    rows = session.execute(
        select(Finding.rule, Case.subject_id, Case.closure, Decision.outcome)
        .join(Case, Case.assessment_id == Finding.assessment_id)
        .outerjoin(IssuedDecision, and_(IssuedDecision.case_id == Case.id, IssuedDecision.ended_at.is_(None)))
        .outerjoin(Decision, Decision.id == IssuedDecision.decision_id)
        .where(Case.stage != "held")
        .group_by(Finding.rule, Case.id, Case.subject_id, Case.closure, Decision.outcome)
    )
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for rule_id, subject_id, closure, outcome in rows:
        stood = upheld(closure, outcome)
        if stood is not None and rule_id in rulebook.rules:
            tally = tallies[rule_id]
            tally.upheld += stood
            tally.decided += 1
            tally.people.add(subject_id)
    found = [_agreement(rulebook.rules[rule_id], tally) for rule_id, tally in tallies.items()]
    return sorted(found, key=lambda one: (one.share is None, _value(one), one.rule.id))


def _agreement(rule: Rule, tally: _Tally) -> Agreement:
    return Agreement(rule, Share(tally.upheld, tally.decided) if len(tally.people) >= FEWEST else None)


def _value(one: Agreement) -> float:
    return one.share.value or 0.0 if one.share else 1.0
