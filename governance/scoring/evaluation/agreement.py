"""Precision, recall and F1 of one label, and of all labels of a sort, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import Any

from governance.scoring.evaluation.intervals import Resamples, f1_of, middle_95, wilson

Pairs = Sequence[tuple[bool, bool]]
"""Of each post: is it there, and was it said?"""


def agreement(pairs: Pairs, drawn: Resamples) -> dict[str, Any]:
    """The figures of one label. Shares are from 0 to 1, None where there is nothing to divide by."""
    return _figures(pairs, drawn)[0]


def by_label(
    truth: Sequence[frozenset[str]], said: Sequence[frozenset[str]], drawn: Resamples
) -> dict[str, Any]:
    """The figures of each label that is there or was said, and the mean F1 of those that are there.

    A label that is there and never said counts with F1 0; one that is never there cannot be found and does not count.
    """
    names = sorted(frozenset().union(*truth, *said))
    labels, rounds = {}, []
    for name in names:
        figures, f1s = _figures([(name in t, name in s) for t, s in zip(truth, said, strict=True)], drawn)
        labels[name] = figures
        if figures["there"]:
            rounds.append(f1s)
    scores = [figures["f1"] or 0.0 for figures in labels.values() if figures["there"]]
    macro_rounds = [fmean(value or 0.0 for value in values) for values in zip(*rounds, strict=True)]
    return {
        "labels": labels,
        "macro_f1": fmean(scores) if scores else None,
        "macro_f1_95": middle_95(macro_rounds),
    }


def _figures(pairs: Pairs, drawn: Resamples) -> tuple[dict[str, Any], list[float | None]]:
    places: dict[tuple[bool, bool], list[int]] = {(True, True): [], (False, True): [], (True, False): []}
    for place, pair in enumerate(pairs):
        if pair in places:
            places[pair].append(place)
    hits, alarms, misses = places.values()
    right, said, there = len(hits), len(hits) + len(alarms), len(hits) + len(misses)
    rounds = drawn.f1(hits, alarms, misses)
    return {
        "precision": right / said if said else None,
        "precision_95": wilson(right, said),
        "recall": right / there if there else None,
        "recall_95": wilson(right, there),
        "f1": f1_of(right, len(alarms), len(misses)),
        "f1_95": middle_95(rounds),
        "said": said,
        "there": there,
    }, rounds
