"""The reader's weights, and the sums it makes of them. Whole numbers inside: the same sum on any machine."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.scoring.facts import Facts
from governance.scoring.matcher import Match
from governance.scoring.reader.features import draw, plain
from governance.scoring.text import Text

SHIPPED = Path(__file__).with_name("weights.npz")
# A long post has more words, not more reasons: the weight of its kindred words grows with the root of their number.
_SMOOTH = 3
_PLACES = 9  # decimals of what a word adds: far finer than any weight


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights by feature and by word (shape: rows x heads, 16-bit), their scales and intercepts (shape: heads).

    `rows` are the features seen in the corpus. `kindred` are single words weighed by what words of kindred meaning weigh
    there, so that a word the corpus never uses still counts. `settings` are calibration and thresholds (see judgement.py).
    """

    heads: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.int16]
    scale: NDArray[np.float64]
    kindred: Mapping[str, int]
    kindred_weights: NDArray[np.int16]
    kindred_scale: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    settings: Mapping[str, Any]

    @property
    def fingerprint(self) -> str:
        """Which weights these are: a hash of them, made when they were trained."""
        return str(self.settings["fingerprint"])


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """How a post reads: the log-odds of each head, and what they are the sum of.

    `rows`, `first` and `behind` (same length) are the weighed features with the words that each stands on, one entry for
    each place; `near` are the rows of kindred words, `near_at` where those stand. `length` counts the words of the text.
    """

    log_odds: Mapping[str, float]
    model: Model
    rows: NDArray[np.intp]
    first: NDArray[np.intp]
    behind: NDArray[np.intp]
    near: NDArray[np.intp]
    near_at: NDArray[np.intp]
    length: int

    def by_word(self, head: str) -> NDArray[np.float64]:
        """What each word of the text adds to the log-odds of a head; a feature of several words is shared among them.

        Rounded, so that words which add the same do so in whatever order they are added up.
        """
        model, column = self.model, self.model.heads.index(head)
        shares = np.zeros(self.length + 1)
        if len(self.rows):
            places = np.bincount(self.rows)[self.rows]
            weights = (
                model.weights[self.rows, column] * model.scale[column] / places / (self.behind - self.first)
            )
            np.add.at(shares, self.first, weights)
            np.add.at(shares, self.behind, -weights)
            shares = np.cumsum(shares)
        if len(self.near):
            near = model.kindred_weights[self.near, column] * model.kindred_scale[column]
            np.add.at(shares, self.near_at, near / sqrt(len(self.near) + _SMOOTH))
        rounded: NDArray[np.float64] = np.round(shares[:-1], _PLACES)
        return rounded


def read(model: Model, text: Text, facts: Facts, matches: list[Match]) -> Reading:
    """Add up what stands in a post. `matches` are the live rules that speak, of those that the reader has learned to weigh."""
    words = [plain(word) for word in text.words]
    known = draw(text, words, facts, matches, model.rows)
    near = [(row, at) for at, word in enumerate(words) if (row := model.kindred.get(word)) is not None]
    present = list({entry[0] for entry in known})
    total = model.weights[present].sum(axis=0, dtype=np.int64) * model.scale + model.intercepts
    if near:
        kindred = model.kindred_weights[[row for row, _ in near]].sum(axis=0, dtype=np.int64)
        total = total + kindred * model.kindred_scale / sqrt(len(near) + _SMOOTH)
    placed = _table([entry for entry in known if entry[1] >= 0], 3)
    beside = _table(near, 2)
    odds = dict(zip(model.heads, total.tolist(), strict=True))
    return Reading(
        odds, model, placed[:, 0], placed[:, 1], placed[:, 2], beside[:, 0], beside[:, 1], len(words)
    )


def _table(entries: Sequence[tuple[int, ...]], width: int) -> NDArray[np.intp]:
    """Rows of whole numbers; from one flat list, which takes a tenth of the time."""
    return np.array(list(chain.from_iterable(entries)), dtype=np.intp).reshape(-1, width)


@cache
def shipped() -> Model:
    """The weights of this project, read once a process."""
    return load(SHIPPED)


def load(path: Path) -> Model:
    """Read weights as scripts/train_reader.py writes them."""
    with np.load(path, allow_pickle=False) as kept:
        settings = json.loads(bytes(kept["settings"]).decode("utf-8"))
        return Model(
            heads=tuple(settings["heads"]),
            rows=_numbered(kept["features"]),
            weights=kept["weights"],
            scale=kept["scale"],
            kindred=_numbered(kept["kindred"]),
            kindred_weights=kept["kindred_weights"],
            kindred_scale=kept["kindred_scale"],
            intercepts=kept["intercepts"],
            settings=settings,
        )


def _numbered(names: NDArray[np.uint8]) -> dict[str, int]:
    return {name: row for row, name in enumerate(bytes(names).decode("utf-8").split("\x00"))}
