"""From the engine's answer to the rows that keep it, and back: what is shown later is what was said that day.

Guards are left out both ways: at severity none or low nobody but the author may learn of them, and only when they ask;
with a case they are kept with the case (cases.CaseGuard).
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from governance.assessments.models import Assessment, AssessmentBenefit, AssessmentCategory, Finding
from governance.posts.models import PostVersion
from governance.scoring.answer import CategoryScore, CiteShown, LabelFound, Mark, NotApplied, Scoring
from governance.scoring.answer import Finding as FindingSaid
from governance.scoring.jigsaw import Factor, Jigsaw

_IN_ROW = ("rule", "category", "severity", "start", "end", "quote", "message", "advice", "cites")


def row_of(version: PostVersion, scoring: Scoring, assessed_at: datetime) -> Assessment:
    """The rows that keep `scoring`, not yet in a session."""
    return Assessment(
        post_version=version,
        rulebook=scoring.rulebook,
        engine=scoring.engine,
        score=scoring.score,
        severity=scoring.severity,
        details=_details(scoring),
        assessed_at=assessed_at,
        findings=[_finding_row(place, said) for place, said in enumerate(scoring.findings, start=1)],
        categories=[
            AssessmentCategory(category=one.id, severity=one.severity, score=one.score)
            for one in scoring.categories
        ],
        benefits=[AssessmentBenefit(benefit=one.id) for one in scoring.benefits],
    )


def scoring_of(assessment: Assessment) -> Scoring:
    """The answer that `assessment` keeps, without guards and shadow rules."""
    details = assessment.details
    return Scoring(
        score=assessment.score,
        severity=assessment.severity,
        categories=tuple(CategoryScore(**one) for one in details["categories"]),
        benefits=tuple(LabelFound(one["id"], _marks(one["marks"])) for one in details["benefits"]),
        guards=(),
        findings=tuple(
            _finding_said(row, details["findings"][row.position - 1]) for row in assessment.findings
        ),
        not_applied=tuple(NotApplied(**one) for one in details["not_applied"]),
        jigsaw=_jigsaw(details["jigsaw"]),
        rulebook=assessment.rulebook,
        engine=assessment.engine,
        uncalibrated=details["uncalibrated"],
        shadow=(),
        flagged=details.get("flagged", 0.0),
        sure=details.get("sure", ""),
    )


def _details(scoring: Scoring) -> dict[str, Any]:
    said = asdict(scoring)
    return {
        "categories": said["categories"],
        "benefits": said["benefits"],
        "findings": [_beyond_row(one) for one in said["findings"]],
        # Why a rule kept silent can tell of a guard ('your own illness'), which is not kept here.
        "not_applied": [] if scoring.guards else said["not_applied"],
        "jigsaw": said["jigsaw"],
        "uncalibrated": scoring.uncalibrated,
        "flagged": scoring.flagged,
        "sure": scoring.sure,
    }


def _beyond_row(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key not in _IN_ROW}


def _finding_row(position: int, said: FindingSaid) -> Finding:
    return Finding(
        position=position,
        rule=said.rule,
        category=said.category,
        severity=said.severity,
        starts=said.start,
        ends=said.end,
        quote=said.quote,
        message=said.message,
        advice=said.advice,
        cites=[asdict(cite) for cite in said.cites],
        mitigation="; ".join(said.mitigated_by) or None,
    )


def _finding_said(row: Finding, more: dict[str, Any]) -> FindingSaid:
    return FindingSaid(
        rule=row.rule,
        category=row.category,
        severity=row.severity,
        start=row.starts,
        end=row.ends,
        quote=row.quote,
        message=row.message,
        advice=row.advice,
        safer=more["safer"],
        replacement=more["replacement"],
        change=more["change"],
        cites=tuple(CiteShown(**cite) for cite in row.cites),
        mitigated_by=tuple(more["mitigated_by"]),
        raised_by=tuple(more["raised_by"]),
        evidence=_marks(more["evidence"]),
    )


def _marks(kept: list[dict[str, Any]]) -> tuple[Mark, ...]:
    return tuple(Mark(**mark) for mark in kept)


def _jigsaw(kept: dict[str, Any] | None) -> Jigsaw | None:
    if kept is None:
        return None
    factors = tuple(Factor(**factor) for factor in kept["factors"])
    lists = {"details": tuple(kept["details"]), "used_posts": tuple(kept["used_posts"]), "factors": factors}
    return Jigsaw(**{**kept, **lists})
