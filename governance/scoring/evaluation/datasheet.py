"""The corpus's datasheet: the hand-written prose with counts of the files in their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import quantiles
from string import Template
from typing import Any

from governance.guidance.rulebook import SEVERITIES, Rulebook
from governance.scoring.evaluation.card import PROSE
from governance.scoring.evaluation.corpus import Line
from governance.scoring.evaluation.tables import plain, share, table, two

Splits = Mapping[str, Sequence[Line]]


def datasheet(splits: Splits, rulebook: Rulebook, agreement: Mapping[str, Any] | None) -> str:
    """The datasheet as Markdown: counts alone, never a post. `agreement` as in card.scoring_card."""
    rows = [line.row for lines in splits.values() for line in lines]
    return Template((PROSE / "datasheet.md").read_text(encoding="utf-8")).substitute(
        posts=f"{len(rows):,}",
        risk=share(sum(bool(row["categories"]) for row in rows), len(rows)).removesuffix(" %"),
        overview=_overview(rows),
        severities=_by_split(splits, "severity", SEVERITIES),
        categories=_categories(splits, list(rulebook.categories)),
        labels=_labels(rows, rulebook),
        places=_places(rows),
        splits=_splits(splits),
        agreement=_agreement(agreement),
    )


def _overview(rows: Sequence[Mapping[str, Any]]) -> str:
    words = [len(row["text"].split()) for row in rows]
    cuts = quantiles(words, n=20)
    counts = {
        "harmless (severity none)": sum(not row["categories"] for row in rows),
        "of these, right beside a risk (`hard`)": sum(row["hard"] and not row["categories"] for row in rows),
        "with a risk": sum(bool(row["categories"]) for row in rows),
        "with more than one category": sum(len(row["categories"]) > 1 for row in rows),
        "with a guard": sum(bool(row["guards"]) for row in rows),
        "with a guard and a category": sum(bool(row["guards"] and row["categories"]) for row in rows),
        "with a benefit": sum(bool(row["benefits"]) for row in rows),
        "with a twin (`pair`)": sum(row["pair"] is not None for row in rows),
        "answering another text": sum(row["in_reply_to"] is not None for row in rows),
        "in a closed group or a direct message": sum(
            row["audience"] in ("closed_group", "direct") for row in rows
        ),
        "under 12 words": sum(count < 12 for count in words),
        "over 80 words": sum(count > 80 for count in words),
    }
    kinds = len({row["profession"] for row in rows})
    lengths = (
        f"Length in words: median {cuts[9]:.0f}, nine in ten between {cuts[0]:.0f} and {cuts[18]:.0f}, "
        f"longest {max(words)}."
    )
    return (
        table(["posts", "number", "share"], [[name, n, share(n, len(rows))] for name, n in counts.items()])
        + f"\n\n{lengths} {kinds} ways of naming the author's work."
    )


def _by_split(splits: Splits, field: str, names: Sequence[str]) -> str:
    counts = {split: Counter(line.row[field] for line in lines) for split, lines in splits.items()}
    return table(
        [field, *splits, "all"],
        [
            [name, *(n[name] for n in counts.values()), sum(n[name] for n in counts.values())]
            for name in names
        ],
    )


def _categories(splits: Splits, names: Sequence[str]) -> str:
    counts = {
        split: Counter(name for line in lines for name in line.row["categories"])
        for split, lines in splits.items()
    }
    first = Counter(
        line.row["categories"][0] for lines in splits.values() for line in lines if line.row["categories"]
    )
    return table(
        ["category", *splits, "all", "first"],
        [
            [
                plain(name),
                *(n[name] for n in counts.values()),
                sum(n[name] for n in counts.values()),
                first[name],
            ]
            for name in names
        ],
    )


def _labels(rows: Sequence[Mapping[str, Any]], rulebook: Rulebook) -> str:
    found = []
    for sort, names in (("guard", rulebook.guards), ("benefit", rulebook.benefits)):
        counts = Counter(name for row in rows for name in row[f"{sort}s"])
        found += [[f"{sort}: {plain(name)}", counts[name]] for name in names]
    return table(["label", "posts"], found)


def _places(rows: Sequence[Mapping[str, Any]]) -> str:
    found = []
    for field in ("platform", "audience"):
        counts = Counter(row[field] for row in rows)
        found += [
            [f"{field}: {plain(name)}", count]
            for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        ]
    return table(["where", "posts"], found)


def _splits(splits: Splits) -> str:
    return "\n\n".join(
        f"**{split}** ({len(lines):,} posts): {', '.join(sorted({line.topic for line in lines}))}."
        for split, lines in splits.items()
    )


def _agreement(agreement: Mapping[str, Any] | None) -> str:
    if agreement is None:
        return "A second, blind labelling of a share of the posts is planned; until then nobody knows how far two readers agree."
    figures = [[name, two(value)] for name, value in agreement["figures"].items()]
    return f"{agreement['about']} Posts labelled again: {agreement['posts']}.\n\n{table(['agreement', 'value'], figures)}"
