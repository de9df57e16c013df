"""What the engine answers: a Scoring, and how it is written as JSON for other programs (DESIGN section 6)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from governance.scoring.jigsaw import Jigsaw


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the text as received: code points, half-open; `quote` is that slice. `fact` says what stands there."""

    start: int
    end: int
    quote: str
    fact: str


@dataclass(frozen=True, slots=True)
class CiteShown:
    """A source as it may be shown. `in_force` False: the post is older than the source."""

    source: str
    title: str
    paragraph: str | None
    in_force: bool | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `evidence` are all words it rests on; start, end and quote are the first of them."""

    rule: str
    category: str
    severity: str
    start: int
    end: int
    quote: str
    message: str
    advice: str
    safer: str
    replacement: str | None
    change: str
    cites: tuple[CiteShown, ...]
    mitigated_by: tuple[str, ...]
    raised_by: tuple[str, ...]
    evidence: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """One category: 100 times the probability that a reviewer would flag it at medium or more, and its severity."""

    id: str
    score: int
    severity: str


@dataclass(frozen=True, slots=True)
class LabelFound:
    """A guard or benefit with the words that show it."""

    id: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A rule that would have spoken, and why it did not."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Scoring:
    """The whole answer for one post. `shadow` are rules that are only being measured: never shown to staff.

    `flagged` is the probability (0 to 1) that a reviewer would want the post seen, `sure` the same in words: sure, fairly
    sure or unsure. `uncalibrated`: a category's score is a rule's own estimate, which no labelled posts have confirmed.
    """

    score: int
    severity: str
    categories: tuple[CategoryScore, ...]
    benefits: tuple[LabelFound, ...]
    guards: tuple[LabelFound, ...]
    findings: tuple[Finding, ...]
    not_applied: tuple[NotApplied, ...]
    jigsaw: Jigsaw | None
    rulebook: str
    engine: str
    uncalibrated: bool
    shadow: tuple[str, ...]
    flagged: float
    sure: str

    def as_json(self) -> dict[str, Any]:
        """The contract of the score command: plain lists, dictionaries, strings and numbers."""
        answer = asdict(self)
        del answer["shadow"]
        answer["benefits"] = [label.id for label in self.benefits]
        answer["guards"] = [label.id for label in self.guards]
        answer["marks"] = {
            label.id: [asdict(m) for m in label.marks] for label in (*self.benefits, *self.guards)
        }
        if self.jigsaw is not None:
            answer["jigsaw"]["sentence"] = self.jigsaw.sentence
        return answer
