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
from governance.scoring.reader.trees import Trees, circumstances
from governance.scoring.text import Text

SHIPPED = Path(__file__).with_name("weights.npz")
# A long post has more words, not more reasons: the weight of its kindred words grows with the root of their number.
_SMOOTH = 3
_PLACES = 9  # decimals of what a word adds: far finer than any weight


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights by feature and by word (shape: rows x heads, 16-bit), their scales and intercepts (shape: heads).

    `rows` are the features seen in the corpus. `kindred` are single words weighed by what words of kindred meaning weigh
    there, so that a word the corpus never uses still counts.
    `trees` take the sums further. `settings` are calibration and thresholds (see judgement.py).
    """

    heads: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.int16]
    scale: NDArray[np.float64]
    kindred: Mapping[str, int]
    kindred_weights: NDArray[np.int16]
    kindred_scale: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    trees: Trees
    settings: Mapping[str, Any]

    @property
    def fingerprint(self) -> str:
        """Which weights these are: a hash of them, made when they were trained."""
        return str(self.settings["fingerprint"])


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """How a post reads: the log-odds of each head, the sums that the trees made them from, and what was added up.

    `sums` (heads) and `circumstances` are what the trees were given. `rows`, `first` and `behind` (same length) are
    the weighed features with the words that each stands on, one entry for each place; `near` are the rows of kindred
    words, `near_at` where those stand. `length` counts the words of the text.
    """

    log_odds: Mapping[str, float]
    model: Model
    sums: NDArray[np.float64]
    circumstances: Sequence[float]
    rows: NDArray[np.intp]
    first: NDArray[np.intp]
    behind: NDArray[np.intp]
    near: NDArray[np.intp]
    near_at: NDArray[np.intp]
    length: int

    def by_word(self, head: str) -> NDArray[np.float64]:
        """What each word of the text adds to the sum of a head; a feature of several words is shared among them.

        Rounded, so that words which add the same do so in whatever order they are added up.
        """
        column = self.model.heads.index(head)
        shares: NDArray[np.float64] = self._shares(slice(column, column + 1))[:, 0]
        return shares

    def without(self, words: Sequence[int], head: str) -> NDArray[np.float64]:
        """The log-odds of a head without the first of these words, without the first two, and so on."""
        left = self.sums - np.cumsum(self._shares(slice(None))[list(words)], axis=0)
        beside = np.tile(np.array(self.circumstances), (len(words), 1))
        weighed = self.model.trees.weigh(np.hstack([left, beside]))
        return weighed[:, self.model.heads.index(head)]

    def _shares(self, heads: slice) -> NDArray[np.float64]:
        """What each word adds to each of these heads (words x heads)."""
        model = self.model
        scale = model.scale[heads]
        shares = np.zeros((self.length + 1, len(scale)))
        if len(self.rows):
            places = np.bincount(self.rows)[self.rows] * (self.behind - self.first)
            weights = model.weights[self.rows, heads] * scale / places[:, None]
            np.add.at(shares, self.first, weights)
            np.add.at(shares, self.behind, -weights)
            shares = np.cumsum(shares, axis=0)
        if len(self.near):
            near = model.kindred_weights[self.near, heads] * model.kindred_scale[heads]
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
    beside_sums = circumstances(facts.by_kind, len(matches), len(words))
    weighed = model.trees.weigh(np.array([[*total.tolist(), *beside_sums]]))[0]
    return Reading(
        log_odds=dict(zip(model.heads, weighed.tolist(), strict=True)),
        model=model,
        sums=total,
        circumstances=beside_sums,
        rows=placed[:, 0],
        first=placed[:, 1],
        behind=placed[:, 2],
        near=beside[:, 0],
        near_at=beside[:, 1],
        length=len(words),
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
            trees=Trees(
                feature=kept["tree_feature"],
                border=kept["tree_border"],
                leaves=kept["tree_leaves"],
                scale=float(kept["tree_scale"]),
                bias=kept["tree_bias"],
            ),
            settings=settings,
        )


def _numbered(names: NDArray[np.uint8]) -> dict[str, int]:
    return {name: row for row, name in enumerate(bytes(names).decode("utf-8").split("\x00"))}
