"""Where the engine goes wrong most: rules that speak in vain, and categories taken for one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from governance.scoring.evaluation.intervals import wilson
from governance.scoring.evaluation.labelled import Judged

NOTHING = "(nothing)"


def rules(posts: Iterable[Judged]) -> list[dict[str, Any]]:
    """Each rule that fired, most often first: on how many posts, and on how many its category is among the labels."""
    fired: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for post in posts:
        for rule, category in post.said.rules:
            fired[rule, category] += 1
            right[rule, category] += category in post.truth.categories
    return [
        {
            "rule": rule,
            "category": category,
            "fired": count,
            "right": right[rule, category],
            "precision": right[rule, category] / count,
            "precision_95": wilson(right[rule, category], count),
        }
        for (rule, category), count in sorted(fired.items(), key=lambda item: (-item[1], item[0]))
    ]


def confusions(posts: Iterable[Judged]) -> list[dict[str, Any]]:
    """A true category that was not said, with each category that was said wrongly instead; most often first."""
    counted: Counter[tuple[str, str]] = Counter()
    for post in posts:
        missed = post.truth.categories - post.said.categories
        wrong = post.said.categories - post.truth.categories
        if missed or wrong:
            counted.update((true, said) for true in missed or {NOTHING} for said in wrong or {NOTHING})
    return [
        {"true": true, "said": said, "posts": count}
        for (true, said), count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]
