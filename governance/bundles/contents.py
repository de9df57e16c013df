"""What is in a bundle, as plain text in sections: read once from the case, cleaned once, then written as PDF or files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from governance.kernel import clock


@dataclass(frozen=True)
class Item:
    """One thing in a section. `name` is its file's, without ending; `facts` are short lines (what, value)."""

    name: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the bundle. `key` is its folder's name, `empty` what is said where it has nothing."""

    key: str
    title: str
    items: tuple[Item, ...]
    empty: str


@dataclass(frozen=True)
class Step:
    """One step of the timeline."""

    at: datetime
    who: str
    what: str
    words: str


@dataclass(frozen=True)
class Bundle:
    """All of it. `as_of` is the moment of the newest thing in it: the same content makes the same bytes."""

    reference: str
    purpose: str
    title: str
    intro: str
    sections: tuple[Section, ...]
    timeline: tuple[Step, ...]
    as_of: datetime


def cleaned(bundle: Bundle, clean: Callable[[str], str]) -> Bundle:
    """The bundle with every text in it passed through `clean`."""
    return replace(
        bundle,
        title=clean(bundle.title),
        intro=clean(bundle.intro),
        sections=tuple(
            replace(
                section, title=clean(section.title), items=tuple(_item(one, clean) for one in section.items)
            )
            for section in bundle.sections
        ),
        timeline=tuple(
            replace(step, who=clean(step.who), what=clean(step.what), words=clean(step.words))
            for step in bundle.timeline
        ),
    )


def _item(item: Item, clean: Callable[[str], str]) -> Item:
    return replace(
        item,
        title=clean(item.title),
        facts=tuple((clean(what), clean(value)) for what, value in item.facts),
        text=clean(item.text),
    )


def given(*facts: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    """The facts that have a value."""
    return tuple((what, value) for what, value in facts if value)


def moment_words(moment: datetime) -> str:
    """A moment as people in the United Kingdom read it: 22 November 2026, 14:05."""
    local = clock.local(moment)
    return f"{local.day} {local:%B %Y}, {local:%H:%M}"
