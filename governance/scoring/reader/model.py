"""The reader's weights, and the sums it makes of them. Whole numbers inside: the same sum on any machine."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.scoring.facts import Facts
from governance.scoring.matcher import Match
from governance.scoring.reader.features import Drawn, Rows
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
    numbered: Rows

    @property
    def fingerprint(self) -> str:
        """Which weights these are: a hash of them, made when they were trained."""
        return str(self.settings["fingerprint"])


@dataclass(slots=True, eq=False)
class Reading:
    """How a post reads: the log-odds of each head, the sums that the trees made them from, and what was added up.

    `sums` (heads) and `circumstances` are what the trees were given. `words` are the plain words of the text, `near` the
    rows of kindred words, `near_at` where those stand.
    """

    log_odds: Mapping[str, float]
    model: Model
    sums: NDArray[np.float64]
    circumstances: Sequence[float]
    text: Text
    words: list[str]
    facts: Facts
    matches: Sequence[Match]
    near: list[int]
    near_at: list[int]
    _placed: list[Drawn] = field(default_factory=list)
    _parts: list[int] = field(default_factory=list)
    _rows: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))

    def placed(self) -> list[Drawn]:
        """Where the weighed features stand: looked up only where somebody asks for the words."""
        if not self._placed:
            self._placed = self.model.numbered.placed(self.text, self.words, self.facts)
            times: dict[int, int] = {}
            for row, _, _ in self._placed:
                times[row] = times.get(row, 0) + 1
            self._rows = np.array([row for row, _, _ in self._placed], np.intp)
            self._parts = [times[row] * (behind - first) for row, first, behind in self._placed]
        return self._placed

    def by_word(self, head: str) -> list[float]:
        """What each word of the text adds to the sum of a head; a feature of several words is shared among them.

        Rounded, so that words which add the same do so in whatever order they are added up.
        """
        model, column, placed = self.model, self.model.heads.index(head), self.placed()
        weights = model.weights.take(self._rows, axis=0)[:, column].tolist()
        scale = float(model.scale[column])
        steps = [0.0] * (len(self.words) + 1)  # how much more each word adds than the one before it
        for (_, first, behind), part, weight in zip(placed, self._parts, weights, strict=True):
            share = weight * scale / part
            steps[first] += share
            steps[behind] -= share
        shares = list(accumulate(steps[:-1]))
        smooth = float(model.kindred_scale[column]) / sqrt(len(self.near) + _SMOOTH)
        for at, weight in zip(self.near_at, model.kindred_weights[self.near, column].tolist(), strict=True):
            shares[at] += weight * smooth
        return [round(share, _PLACES) for share in shares]

    def without(self, words: Sequence[int], head: str) -> list[float]:
        """The log-odds of a head without the first of these words, without the first two, and so on."""
        left = self.sums - np.cumsum(self._shares(words), axis=0)
        beside = np.tile(np.array(self.circumstances), (len(words), 1))
        weighed = self.model.trees.weigh(np.hstack([left, beside]))
        column: list[float] = weighed[:, self.model.heads.index(head)].tolist()
        return column

    def _shares(self, words: Sequence[int]) -> NDArray[np.float64]:
        """What each of these words adds to each head (words x heads)."""
        model, placed = self.model, self.placed()
        shares = np.zeros((len(words), len(model.heads)))
        for at, word in enumerate(words):
            here = [number for number, (_, first, behind) in enumerate(placed) if first <= word < behind]
            rows, parts = [placed[number][0] for number in here], [self._parts[number] for number in here]
            shares[at] = (model.weights[rows] * model.scale / np.array(parts).reshape(-1, 1)).sum(axis=0)
            near = [row for row, place in zip(self.near, self.near_at, strict=True) if place == word]
            beside = model.kindred_weights[near].sum(axis=0) * model.kindred_scale
            shares[at] += beside / sqrt(len(self.near) + _SMOOTH)
        return shares


def read(model: Model, text: Text, facts: Facts, matches: list[Match]) -> Reading:
    """Add up what stands in a post. `matches` are the live rules that speak, of those that the reader has learned to weigh."""
    words = model.numbered.words_of(text)
    kindred = model.kindred
    near_at = [at for at, word in enumerate(words) if word in kindred]
    near = [kindred[words[at]] for at in near_at]
    present = list(model.numbered.present(words, facts, matches))
    total = model.weights.take(present, axis=0).sum(axis=0, dtype=np.int64) * model.scale + model.intercepts
    if near:
        beside = model.kindred_weights.take(near, axis=0).sum(axis=0, dtype=np.int64)
        total = total + beside * model.kindred_scale / sqrt(len(near) + _SMOOTH)
    around = circumstances(facts.by_kind, len(matches), len(words))
    weighed = model.trees.weigh(np.array([[*total.tolist(), *around]]))[0]
    odds = dict(zip(model.heads, weighed.tolist(), strict=True))
    return Reading(odds, model, total, around, text, words, facts, matches, near, near_at)


@cache
def shipped() -> Model:
    """The weights of this project, read once a process."""
    return load(SHIPPED)


def load(path: Path) -> Model:
    """Read weights as scripts/train_reader.py writes them."""
    with np.load(path, allow_pickle=False) as kept:
        settings = json.loads(bytes(kept["settings"]).decode("utf-8"))
        rows, kindred = _numbered(kept["features"]), _numbered(kept["kindred"])
        return Model(
            heads=tuple(settings["heads"]),
            rows=rows,
            weights=np.ascontiguousarray(kept["weights"]),
            scale=kept["scale"],
            kindred=kindred,
            kindred_weights=np.ascontiguousarray(kept["kindred_weights"]),
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
            numbered=Rows(rows, kindred),
        )


def _numbered(names: NDArray[np.uint8]) -> dict[str, int]:
    return {name: row for row, name in enumerate(bytes(names).decode("utf-8").split("\x00"))}
