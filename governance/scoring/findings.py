"""The findings of an answer: from rules that speak, and from the reader where no rule says what the whole post does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from governance.guidance.rulebook import RANK, Cite, Rulebook, Source
from governance.scoring.answer import CiteShown, Finding, LabelFound, Mark
from governance.scoring.facts import Fact
from governance.scoring.matcher import Match
from governance.scoring.post import PostInput
from governance.scoring.reader import evidence
from governance.scoring.reader.judgement import CategoryJudged
from governance.scoring.reader.model import Reading
from governance.scoring.text import Text

MOST_MARKS = 20
READING = "reading"  # the rule id of a finding of the reader is <category>.reading


@dataclass(frozen=True, slots=True)
class Whole:
    """What a finding is made from: the post, its text made ready, the rulebook in use and how the post reads."""

    post: PostInput
    text: Text
    rulebook: Rulebook
    reading: Reading


def of_rule(whole: Whole, match: Match, severity: str) -> Finding:
    """A rule's finding, at the severity that it keeps in the whole post."""
    text = whole.text
    marks = marks_of(text, match.evidence) or [Mark(0, 0, "", "whole_text")]
    rule = match.rule
    return Finding(
        rule=rule.id,
        category=rule.serves,
        severity=severity,
        start=marks[0].start,
        end=marks[0].end,
        quote=marks[0].quote,
        message=rule.message,
        advice=rule.advice,
        safer=rule.safer,
        replacement=rule.replacement,
        change=rule.change,
        cites=shown(whole.rulebook, rule.cites, whole.post.posted_at),
        mitigated_by=match.mitigated_by,
        raised_by=match.raised_by,
        evidence=tuple(marks),
    )


def of_reader(whole: Whole, judged: CategoryJudged) -> Finding:
    """The reader's finding for a category, with the words that weigh most."""
    text, reading, rulebook = whole.text, whole.reading, whole.rulebook
    said = rulebook.categories[judged.id].reading
    marks = read_marks(text, reading, judged.id) or [Mark(0, 0, "", "whole_text")]
    return Finding(
        rule=f"{judged.id}.{READING}",
        category=judged.id,
        severity=judged.severity,
        start=marks[0].start,
        end=marks[0].end,
        quote=marks[0].quote,
        message=said.message,
        advice=said.advice,
        safer=said.safer,
        replacement=None,
        change=evidence.what_would_change_it(text, reading, judged.id),
        cites=shown(rulebook, said.cites, whole.post.posted_at),
        mitigated_by=(),
        raised_by=(),
        evidence=tuple(marks),
    )


def label(text: Text, reading: Reading, name: str, matches: list[Match]) -> LabelFound:
    """A guard or benefit with its words: those of its rules where some speak, else those that the reader weighs most."""
    marks = [mark for match in matches for mark in marks_of(text, match.evidence)]
    return LabelFound(name, tuple((marks or read_marks(text, reading, name))[:MOST_MARKS]))


def marks_of(text: Text, facts: tuple[Fact, ...]) -> list[Mark]:
    """Facts as words of the text as received."""
    return [_mark(text, fact.start, fact.end, fact.kind) for fact in facts[:MOST_MARKS]]


def read_marks(text: Text, reading: Reading, head: str) -> list[Mark]:
    """The words that weigh most for a head of the reader."""
    return [_mark(text, start, end, "weighs_most") for start, end in evidence.spans(text, reading, head)]


def _mark(text: Text, inner_start: int, inner_end: int, fact: str) -> Mark:
    start, end = text.received(inner_start, inner_end)
    return Mark(start, end, text.as_received[start:end], fact)


def shown(rulebook: Rulebook, cites: tuple[Cite, ...], posted_at: datetime | None) -> tuple[CiteShown, ...]:
    """Sources as they may be shown, and whether each was in force when the post was made."""
    return tuple(_shown(cite, rulebook.sources[cite.source], posted_at) for cite in cites)


def _shown(cite: Cite, source: Source, posted_at: datetime | None) -> CiteShown:
    in_force = None
    if posted_at is not None and source.in_force_from is not None:
        in_force = posted_at.date() >= source.in_force_from
    return CiteShown(source.id, source.title, cite.paragraph, in_force)


def milder(one: str, other: str) -> str:
    """The lower of two severities."""
    return min(one, other, key=RANK.__getitem__)
