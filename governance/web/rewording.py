"""'Use this': what a finding's safer wording does to the text when its author says so.

A rule may give the exact words that go in place of the marked ones. Where it does not, its safer wording is a whole
sentence: it goes in place of the marked sentence, or, for a declaration, in front of everything, where a label belongs
(CAP guidance: obviously identifiable, up front). Wording that tells what to do ('Describe ...') is for reading only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from governance.scoring.answer import Finding

Kind = Literal["words", "sentence", "front", "out"]

BUTTONS: dict[Kind, str] = {
    "words": "Use this for the marked words",
    "sentence": "Use this for the marked sentence",
    "front": "Put this in front",
    "out": "Take the marked sentence out",
}

_SENTENCE = re.compile(r"[^.!?…\n]*(?:[.!?…]+(?!\s|$)[^.!?…\n]*)*(?:[.!?…]+[\"'\u201d\u2019)\]]*|\n|$)")
_WHOLE = re.compile(r"[.!?][\"'\u201d\u2019)]*$")
_LEAVES_OUT = re.compile(r"Leave\b.*\bout\b")
_DECLARES = re.compile(r"#ad\b|I (?:own|earn|have an interest|was (?:paid|given))\b", re.IGNORECASE)
_TELLS = re.compile(
    r"(?:Leave|Describe|Say|Ask a|Ask the|Post|Write|Tell|Use|Keep|Name|Give|Add|Show|Wait)\b"
)


@dataclass(frozen=True, slots=True)
class Rewording:
    """What one button would do, and the words it would put there (none where it takes words out)."""

    kind: Kind
    words: str

    @property
    def button(self) -> str:
        """The button's words: they say its effect."""
        return BUTTONS[self.kind]


def rewording(finding: Finding) -> Rewording | None:
    """What can be done by a button about `finding`, or None where its author has to think."""
    if not any(mark.start < mark.end for mark in finding.evidence):
        return None
    if finding.replacement is not None:
        return Rewording("words", finding.replacement) if finding.replacement else Rewording("out", "")
    if _DECLARES.match(finding.safer):
        return Rewording("front", finding.safer)
    if _LEAVES_OUT.match(finding.safer):
        return Rewording("out", "")
    if _TELLS.match(finding.safer) or not _WHOLE.search(finding.safer):
        return None
    return Rewording("sentence", finding.safer)


def reworded(text: str, finding: Finding) -> str | None:
    """`text` after the button of `finding` was pressed; None where it has none."""
    change = rewording(finding)
    if change is None:
        return None
    if change.kind == "front":
        return f"{change.words} {text.lstrip()}"
    if change.kind == "words":
        return f"{text[: finding.start]}{change.words}{text[finding.end :]}"
    return _without_sentences(text, finding, change.words)


def _without_sentences(text: str, finding: Finding, words: str) -> str:
    """The text with `words` for its first marked sentence, and without the other marked ones."""
    kept: list[str] = []
    written = False
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        if not any(mark.start < end and start < mark.end for mark in finding.evidence):
            kept.append(found.group())
            continue
        line_end = "\n" if found.group().endswith("\n") else ""
        if words and not written:
            blank = " " if found.group()[:1] in (" ", "\t") else ""
            kept.append(f"{blank}{words}")
            written = True
        kept.append(line_end)
    return "".join(kept).strip()
