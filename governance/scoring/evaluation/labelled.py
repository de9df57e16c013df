"""A labelled post: one line of a file that people have judged, checked before anything is measured on it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from governance.guidance.rulebook import SEVERITIES, Rulebook
from governance.scoring.answer import Scoring
from governance.scoring.post import PostInput, PostInputError


class LabelledError(ValueError):
    """A line that cannot be measured; the message says why and never repeats the post."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What people say of a post. None: nobody was asked, so the post is not counted there."""

    categories: frozenset[str]
    severity: str | None = None
    benefits: frozenset[str] | None = None
    guards: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What the engine says of a post. `scores` has every category that it gave a number, from 0 to 100.

    `flagged` is the probability (0 to 1) that a reviewer would want the post seen, at medium or more.
    """

    categories: frozenset[str]
    severity: str
    flagged: float
    benefits: frozenset[str]
    guards: frozenset[str]
    scores: Mapping[str, int]
    rules: frozenset[tuple[str, str]]

    @classmethod
    def by(cls, scoring: Scoring) -> Said:
        """The part of an answer that is measured. A category of severity none is a number, not a finding."""
        return cls(
            categories=frozenset(one.id for one in scoring.categories if one.severity != "none"),
            severity=scoring.severity,
            flagged=scoring.flagged,
            benefits=frozenset(one.id for one in scoring.benefits),
            guards=frozenset(one.id for one in scoring.guards),
            scores={one.id: one.score for one in scoring.categories},
            rules=frozenset((one.rule, one.category) for one in scoring.findings),
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """A post's labels beside the engine's answer. The text itself is not kept."""

    truth: Labels
    said: Said


def decoded(line: bytes) -> dict[str, Any]:
    """The JSON object of a line. Raises LabelledError."""
    try:
        given = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise LabelledError(f"byte {error.start + 1} is not UTF-8") from error
    except RecursionError as error:
        raise LabelledError("it is nested too deeply") from error
    except ValueError as error:
        raise LabelledError(f"not a JSON object: {error}") from error
    if not isinstance(given, dict):
        raise LabelledError(f"not a JSON object but a {type(given).__name__}")
    return given


def labelled(given: Mapping[str, Any], rulebook: Rulebook) -> tuple[PostInput, Labels]:
    """A decoded line as post and labels. Raises LabelledError where a field is missing or a value unknown."""
    try:
        post = PostInput.from_mapping(given)
    except PostInputError as error:
        raise LabelledError(str(error)) from error
    if "categories" not in given:
        raise LabelledError("'categories' is missing: give a list, empty where there is nothing to review")
    severity = given.get("severity")
    if severity is not None and severity not in SEVERITIES:
        raise LabelledError(f"'severity' must be one of {', '.join(SEVERITIES)}")
    return post, Labels(
        categories=_known(given, "categories", rulebook.categories) or frozenset(),
        severity=severity,
        benefits=_known(given, "benefits", rulebook.benefits),
        guards=_known(given, "guards", rulebook.guards),
    )


def numbered(lines: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Every line that is not blank with its number, counted from 1; a byte order mark is taken off."""
    for number, line in enumerate(lines, start=1):
        plain = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if plain.strip():
            yield number, plain


def _known(given: Mapping[str, Any], field: str, names: Mapping[str, object]) -> frozenset[str] | None:
    value = given.get(field)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise LabelledError(f"'{field}' must be a list of strings")
    strange = sorted(set(value) - names.keys())
    if strange:
        raise LabelledError(f"'{field}' has {', '.join(strange)}: known are {', '.join(names)}")
    return frozenset(value)
