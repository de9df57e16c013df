"""The shipped corpus of labelled posts: its topics, its splits, and whether every line is as it should be."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from governance.guidance.rulebook import SEVERITIES, Rulebook
from governance.kernel.paths import SEED_DATA
from governance.scoring.evaluation.labelled import LabelledError, decoded, numbered
from governance.scoring.post import AUDIENCES, PLATFORMS

CORPUS = SEED_DATA / "corpus"
SPLITS = ("train", "tune", "test")
TEXTS = ("id", "text", "platform", "audience", "profession", "severity")
LISTS = ("categories", "benefits", "guards", "marks")
FIELDS = (*TEXTS, *LISTS, "in_reply_to", "hard", "pair")


class CorpusError(ValueError):
    """The corpus cannot be read; the message says what to put right."""


@dataclass(frozen=True, slots=True)
class Line:
    """One post of the corpus: the file's topic, the line's number from 1, and the decoded object."""

    topic: str
    number: int
    row: Mapping[str, Any]

    @property
    def place(self) -> str:
        """Where the line stands."""
        return f"{self.topic}.jsonl, line {self.number}"


def named_splits(folder: Path = CORPUS) -> dict[str, tuple[str, ...]]:
    """The topics that splits.toml names for tune and test. Raises CorpusError."""
    path = folder / "splits.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))["splits"]
        return {split: tuple(table[split]) for split in ("tune", "test")}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CorpusError(
            f"{path} must have [splits] with a list of topics for tune and for test: {error}"
        ) from error


def files_of(split: str, folder: Path = CORPUS) -> list[Path]:
    """The files of one split, in order. Train is every topic that splits.toml does not name. Raises CorpusError."""
    named = named_splits(folder)
    elsewhere = {topic for topics in named.values() for topic in topics}
    wanted = set(named[split]) if split in named else None
    return [
        path
        for path in sorted(folder.glob("*.jsonl"))
        if (path.stem in wanted if wanted is not None else path.stem not in elsewhere)
    ]


def lines(paths: list[Path]) -> Iterator[Line]:
    """Every post of these files. Raises CorpusError where a line is not a JSON object."""
    for path in paths:
        with path.open("rb") as stream:
            for number, line in numbered(stream):
                try:
                    yield Line(path.stem, number, decoded(line))
                except LabelledError as error:
                    raise CorpusError(f"{path.name}, line {number}: {error}") from error


def problems(rulebook: Rulebook, folder: Path = CORPUS) -> list[str]:
    """What is wrong with the corpus, one line each with file and line; empty when all is well. Never shows a post."""
    try:
        named = named_splits(folder)
        found = list(lines(sorted(folder.glob("*.jsonl"))))
    except CorpusError as error:
        return [str(error)]
    wrong = [
        f"splits.toml: {topic} has no file {topic}.jsonl"
        for topic in sorted({t for topics in named.values() for t in topics} - {one.topic for one in found})
    ]
    wrong += [
        f"splits.toml: {topic} is in tune and in test"
        for topic in sorted({*named["tune"]} & {*named["test"]})
    ]
    ids, texts = (
        Counter(one.row.get("id") for one in found),
        Counter(str(one.row.get("text")) for one in found),
    )
    for line in found:
        faults = list(_faults(line.row, rulebook))
        faults += ["its id is used twice"] if ids[line.row.get("id")] > 1 else []
        faults += ["its text is there twice"] if texts[str(line.row.get("text"))] > 1 else []
        pair = line.row.get("pair")
        if pair is not None and (pair not in ids or pair == line.row.get("id")):
            faults.append("its pair is not another post of the corpus")
        wrong += [f"{line.place}: {fault}" for fault in faults]
    return wrong


def _faults(row: Mapping[str, Any], rulebook: Rulebook) -> Iterator[str]:
    shape = [*_shape(row)]
    if shape:
        yield from shape
        return
    known: dict[str, Mapping[str, object] | tuple[str, ...]] = {
        "platform": PLATFORMS,
        "audience": AUDIENCES,
        "severity": SEVERITIES,
        "categories": rulebook.categories,
        "benefits": rulebook.benefits,
        "guards": rulebook.guards,
    }
    for field, names in known.items():
        values = row[field] if isinstance(row[field], list) else [row[field]]
        yield from (f"{field} has the unknown value {value!r}" for value in values if value not in names)
        if len(set(values)) < len(values):
            yield f"{field} names one thing twice"
    if (row["severity"] == "none") != (not row["categories"]):
        yield "categories must be empty where severity is none, and only there"
    yield from _marks(row)


def _shape(row: Mapping[str, Any]) -> Iterator[str]:
    missing = [field for field in FIELDS if field not in row]
    if missing:
        yield f"{', '.join(missing)} missing"
        return
    yield from (f"{name} must be text, and not empty" for name in TEXTS if not _is_text(row[name]))
    for name in LISTS:
        kind = dict if name == "marks" else str
        if not isinstance(row[name], list) or not all(isinstance(one, kind) for one in row[name]):
            yield f"{name} must be a list of {'objects' if kind is dict else 'texts'}"
    yield from (
        f"{name} must be text or null"
        for name in ("in_reply_to", "pair")
        if row[name] is not None and not _is_text(row[name])
    )
    if not isinstance(row["hard"], bool):
        yield "hard must be true or false"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _marks(row: Mapping[str, Any]) -> Iterator[str]:
    marked = set()
    for mark in row["marks"]:
        label = next((mark[sort] for sort in ("category", "guard") if sort in mark), None)
        marked.add(label)
        if label not in row["categories"] and label not in row["guards"]:
            yield f"a mark is for {label!r}, which the post does not carry"
        if not _is_text(mark.get("quote")) or mark["quote"] not in row["text"]:
            yield f"a mark for {label!r} is not an exact part of the text"
    yield from (
        f"{label} has no mark" for label in (*row["categories"], *row["guards"]) if label not in marked
    )
