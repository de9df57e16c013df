"""A draft of rules, tried before anybody is asked to agree: is it sound, and what does it do on the shipped corpus?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from governance.guidance.rulebook import Rulebook, RulebookError
from governance.scoring import examples
from governance.scoring.comparison import Effect, Known, Verdict, compare
from governance.scoring.engine import compiled
from governance.scoring.evaluation.corpus import files_of, lines
from governance.scoring.post import PostInput, PostInputError
from governance.scoring.reading import read
from governance.scoring.text import Text

SPLITS = ("train", "tune")  # the test split is kept for judging the engine, and nothing is tried on it


def check(base: Rulebook, candidate: Rulebook) -> None:
    """Run the examples of every rule in which `candidate` differs from `base`. Raises RulebookError, one line a failure."""
    own = {
        name: rule
        for name, rule in candidate.rules.items()
        if name not in base.rules or replace(base.rules[name], status=rule.status) != rule
    }
    compiled(candidate)
    try:
        problems = examples.failures(replace(candidate, rules=own))
    except PostInputError as error:
        problems = [f"an example cannot be read: {error}"]
    if problems:
        raise RulebookError(problems)


@lru_cache(maxsize=1)
def corpus() -> Mapping[str, Mapping[str, Any]]:
    """The posts of the train and tune splits by id. Raises CorpusError."""
    paths = [path for split in SPLITS for path in files_of(split)]
    return {str(line.row["id"]): line.row for line in lines(paths)}


def on_corpus(in_use: Rulebook, candidate: Rulebook) -> list[Effect]:
    """The effect of each change on the train and tune splits. Raises CorpusError."""
    return compare(in_use, candidate, (_known(name, row) for name, row in corpus().items()))


def _known(name: str, row: Mapping[str, Any]) -> Known:
    labels = frozenset(label for field in ("categories", "benefits", "guards") for label in row[field])
    verdict = Verdict(upheld=True, labels=labels, exact=True)
    return Known(name, 0, PostInput.from_mapping(row), verdict, _kinds()[name])


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, frozenset[str]]:
    """The kinds of facts in each post of the corpus, drawn once a process: most drafts then look at few posts."""
    posts = {name: PostInput.from_mapping(row) for name, row in corpus().items()}
    return {name: frozenset(read(post, Text(post.text))[0].by_kind) for name, post in posts.items()}
