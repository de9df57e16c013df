"""Conditions: what must hold before a rule speaks, as data. The engine (scoring/matcher.py) decides whether they do.

In TOML a condition is a kind of fact, or a list (all must hold), or one of these tables:

    "cure_claim"                                  the fact stands in the post; "a|b" means one of them
    { all = [...] }   { any = [...] }   { none = [...] }
    { at_least = 2, of = ["a", "b", "c"] }        so many different kinds of these
    { same_sentence = ["a", "b|c"] }              one fact of each in one sentence
    { within = 12, of = ["a", "b|c"] }            one fact of each within so many words
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


class ConditionError(ValueError):
    """A condition that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Has:
    """One fact of any of these kinds."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """No part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Facts of at least `count` different kinds."""

    count: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """One fact of each group in one sentence, or (with `words`) within so many words."""

    groups: tuple[tuple[str, ...], ...]
    words: int | None = None


Condition = Has | Every | Some | Without | AtLeast | Together


def parse(given: object) -> Condition:
    """A condition from what TOML gave. Raises ConditionError."""
    if isinstance(given, str):
        return Has(_kinds(given))
    if isinstance(given, list):
        return Every(_parts(given))
    if isinstance(given, dict):
        return _parse_table(given)
    raise ConditionError(f"{given!r} is neither a kind of fact, a list nor a table")


def _parse_table(table: dict[str, object]) -> Condition:
    keys = frozenset(table)
    for name, make in (("all", Every), ("any", Some), ("none", Without)):
        if keys == {name}:
            return make(_parts(table[name]))
    if keys == {"same_sentence"}:
        return Together(_groups(table["same_sentence"]))
    if keys == {"at_least", "of"}:
        count, kinds = table["at_least"], tuple(kind for group in _groups(table["of"]) for kind in group)
        if not isinstance(count, int) or not 1 <= count <= len(kinds):
            raise ConditionError(f"at_least must be a number from 1 to {len(kinds)}, not {count!r}")
        return AtLeast(count, kinds)
    if keys == {"within", "of"}:
        words = table["within"]
        if not isinstance(words, int) or words < 1:
            raise ConditionError(f"within must be a number of words, not {words!r}")
        return Together(_groups(table["of"]), words)
    raise ConditionError(f"a condition cannot have the keys {sorted(keys)}")


def _parts(given: object) -> tuple[Condition, ...]:
    if not isinstance(given, list) or not given:
        raise ConditionError(f"{given!r} must be a list with at least one condition")
    return tuple(parse(part) for part in given)


def _groups(given: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(given, list) or len(given) < 2 or not all(isinstance(part, str) for part in given):
        raise ConditionError(f"{given!r} must be a list of at least two kinds of facts")
    return tuple(_kinds(part) for part in given)


def _kinds(given: str) -> tuple[str, ...]:
    kinds = tuple(part.strip() for part in given.split("|"))
    if not all(kinds):
        raise ConditionError(f"{given!r} names no kind of fact")
    return kinds


def kinds_in(condition: Condition) -> Iterator[str]:
    """Every kind of fact that a condition names."""
    if isinstance(condition, (Has, AtLeast)):
        yield from condition.kinds
    elif isinstance(condition, Together):
        for group in condition.groups:
            yield from group
    else:
        for part in condition.parts:
            yield from kinds_in(part)
