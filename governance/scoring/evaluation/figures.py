"""All figures of one set of labelled posts, as plain data that JSON can carry. The README of the corpus says what labels mean."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from governance.guidance.rulebook import RANK, SEVERITIES
from governance.scoring.evaluation.agreement import agreement, by_label
from governance.scoring.evaluation.calibration import calibration, pair_claims, post_claims
from governance.scoring.evaluation.intervals import Resamples, wilson
from governance.scoring.evaluation.labelled import Judged
from governance.scoring.evaluation.mistakes import confusions, rules

FLAGGED = RANK["medium"]
FOUND = RANK["high"]
UNGUARDED = "no guard"


def figures(posts: Sequence[Judged], categories: Sequence[str]) -> dict[str, Any]:
    """Everything that is measured. Severities, benefits and guards only over posts where people gave them."""
    drawn = lru_cache(Resamples)  # the sorts of labels share their draws where all posts have them

    named = by_label(
        [post.truth.categories for post in posts], [post.said.categories for post in posts], drawn(len(posts))
    )
    severe = [post for post in posts if post.truth.severity is not None]
    guarded = [post for post in posts if post.truth.guards is not None]
    useful = [post for post in posts if post.truth.benefits is not None]
    return {
        "posts": len(posts),
        **(_severities(severe, drawn(len(severe))) if severe else {}),
        "categories": named["labels"],
        "categories_macro_f1": named["macro_f1"],
        "categories_macro_f1_95": named["macro_f1_95"],
        **_sort(
            "guards", [(p.truth.guards or frozenset(), p.said.guards) for p in guarded], drawn(len(guarded))
        ),
        **_sort(
            "benefits",
            [(p.truth.benefits or frozenset(), p.said.benefits) for p in useful],
            drawn(len(useful)),
        ),
        "calibration": calibration(pair_claims(posts, categories)),
        "rules": rules(posts),
        "confusions": confusions(posts),
    }


def _sort(
    name: str, pairs: Sequence[tuple[frozenset[str], frozenset[str]]], drawn: Resamples
) -> dict[str, Any]:
    if not pairs:
        return {}
    found = by_label([truth for truth, _ in pairs], [said for _, said in pairs], drawn)
    return {
        name: found["labels"],
        f"{name}_macro_f1": found["macro_f1"],
        f"{name}_macro_f1_95": found["macro_f1_95"],
    }


def _severities(posts: Sequence[Judged], drawn: Resamples) -> dict[str, Any]:
    levels = [(str(post.truth.severity), post.said.severity) for post in posts]
    ranks = [(RANK[truth], RANK[said]) for truth, said in levels]
    benign = [said for truth, said in ranks if not truth]
    critical = [said for truth, said in ranks if truth == RANK["critical"]]
    exact, near = sum(t == s for t, s in ranks), sum(abs(t - s) < 2 for t, s in ranks)
    found = sum(said >= FOUND for said in critical)
    return {
        "flagged": agreement([(t >= FLAGGED, s >= FLAGGED) for t, s in ranks], drawn),
        "false_alarms": {
            "of": len(benign),
            **_counted("low_or_more", sum(said >= RANK["low"] for said in benign), len(benign)),
            **_counted("medium_or_more", sum(said >= FLAGGED for said in benign), len(benign)),
        },
        "critical": {"of": len(critical), **_counted("found_as_high_or_more", found, len(critical))},
        "severity_exact": exact / len(posts),
        "severity_exact_95": wilson(exact, len(posts)),
        "severity_within_one": near / len(posts),
        "severity_within_one_95": wilson(near, len(posts)),
        "severity_confusion": {t: {s: levels.count((t, s)) for s in SEVERITIES} for t in SEVERITIES},
        "false_alarms_by_guard": _alarms_by_guard(posts),
        "flagged_calibration": calibration(post_claims(posts)),
        "recall_by_severity": {name: _recall(ranks, name) for name in SEVERITIES if RANK[name]},
    }


def _counted(name: str, count: int, of: int) -> dict[str, Any]:
    return {name: count, f"{name}_95": wilson(count, of)}


def _alarms_by_guard(posts: Sequence[Judged]) -> dict[str, Any]:
    """Harmless posts flagged, apart for each guard that people gave them: is speaking up, belief or illness flagged more?"""
    benign = [post for post in posts if post.truth.severity == "none" and post.truth.guards is not None]
    kinds = sorted({guard for post in benign for guard in post.truth.guards or ()})
    said = {kind: [RANK[p.said.severity] for p in benign if kind in (p.truth.guards or ())] for kind in kinds}
    said[UNGUARDED] = [RANK[post.said.severity] for post in benign if not post.truth.guards]
    return {
        kind: {
            "of": len(ranks),
            **_counted("medium_or_more", sum(rank >= FLAGGED for rank in ranks), len(ranks)),
        }
        for kind, ranks in said.items()
    }


def _recall(ranks: Sequence[tuple[int, int]], severity: str) -> dict[str, Any]:
    said = [s for t, s in ranks if t == RANK[severity]]
    seen, flagged = sum(s > 0 for s in said), sum(s >= FLAGGED for s in said)
    return {
        "there": len(said),
        "low_or_more": seen / len(said) if said else None,
        "low_or_more_95": wilson(seen, len(said)),
        "medium_or_more": flagged / len(said) if said else None,
        "medium_or_more_95": wilson(flagged, len(said)),
    }
