"""The rulebook: sources, categories, guards, benefits and rules, frozen. loader.py makes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from governance.guidance.conditions import Condition

SEVERITIES = ("none", "low", "medium", "high", "critical")
RANK: Mapping[str, int] = {name: rank for rank, name in enumerate(SEVERITIES)}
STATUSES = ("live", "shadow", "retired")
CONSEQUENCES = ("employment", "regulatory", "legal", "financial")
ROUTES = ("clinical", "hr", "both", "data_protection")
READING = ("V", "V2", "T", "U")

Severity = Literal["none", "low", "medium", "high", "critical"]


class RulebookError(ValueError):
    """A rulebook that is refused. `problems` has one line each: file, rule and reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One thing a source asks, in our words. `number` is set only where the text was read in its own page (V)."""

    number: str | None
    says: str
    status: str


@dataclass(frozen=True, slots=True)
class Source:
    """A published source. `in_force_from` None means that its first day is not known; `url` may be empty."""

    id: str
    title: str
    publisher: str
    url: str
    in_force_from: date | None
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Cite:
    """Where a rule comes from; `paragraph` only where it may be printed."""

    source: str
    paragraph: str | None


@dataclass(frozen=True, slots=True)
class WholeReading:
    """What an author is told where the post as a whole, and no single rule, speaks for a category."""

    message: str
    advice: str
    safer: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of concern: what it may lead to and who should look first (a suggestion)."""

    id: str
    title: str
    plain: str
    not_when: str
    consequences: tuple[str, ...]
    route: str
    reading: WholeReading


@dataclass(frozen=True, slots=True)
class Label:
    """A guard or a benefit, in plain words. `handling` says what a guard changes."""

    id: str
    title: str
    plain: str
    handling: str = ""


@dataclass(frozen=True, slots=True)
class Unless:
    """A circumstance in which a rule is silent, and why."""

    when: Condition
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """A circumstance that changes the severity of a rule, and why."""

    when: Condition
    severity: str
    why: str


@dataclass(frozen=True, slots=True)
class Example:
    """A text a rule must answer to (or stay silent on). `given` are PostInput fields; `severity` what it must reach."""

    given: Mapping[str, object]
    severity: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One small statement about facts. `serves` is the id of a category, a guard or a benefit, by `sort`.

    `stands`: its facts need no weighing (a valid NHS number), so it speaks whatever the whole post reads like.
    """

    id: str
    sort: Literal["category", "guard", "benefit"]
    serves: str
    status: str
    stands: bool
    severity: str
    probability: float | None
    when: Condition
    mark: tuple[str, ...]
    unless: tuple[Unless, ...]
    mitigations: tuple[Step, ...]
    aggravations: tuple[Step, ...]
    cites: tuple[Cite, ...]
    message: str
    advice: str
    safer: str
    replacement: str | None
    change: str
    fires: tuple[Example, ...]
    silent: tuple[Example, ...]
    file: str

    @property
    def where(self) -> str:
        """File and rule, for an error message."""
        return f"{self.file}: {self.id}"


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All of it. `id` is the version and a hash of the content: the same id means the same rules."""

    id: str
    version: str
    sources: Mapping[str, Source]
    categories: Mapping[str, Category]
    guards: Mapping[str, Label]
    benefits: Mapping[str, Label]
    rules: Mapping[str, Rule] = field(default_factory=dict)
