"""The text cut at its marks, as every page that explains a score shows it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from governance.scoring.answer import Scoring


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text as received. `numbers` are the findings (1-based, in the order of the cards) that mark it."""

    text: str
    numbers: tuple[int, ...]


def segments(received: str, scoring: Scoring) -> list[Segment]:
    """The text in pieces, each with the findings that mark it; joined together they are the text as received."""
    marked: list[tuple[int, int, int]] = [
        (mark.start, mark.end, number)
        for number, finding in enumerate(scoring.findings, start=1)
        for mark in finding.evidence
        if mark.start < mark.end and mark.fact != "whole_text"
    ]
    bounds = sorted({0, len(received), *(a for a, _, _ in marked), *(b for _, b, _ in marked)})
    pieces = []
    for start, end in pairwise(bounds):
        numbers = tuple(sorted({n for a, b, n in marked if a <= start and end <= b}))
        pieces.append(Segment(received[start:end], numbers))
    return pieces
