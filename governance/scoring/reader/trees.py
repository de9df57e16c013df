"""The second step of a reading: small decision trees over the sums, for what a sum cannot say (this head, unless that one).

A word that speaks for a concern means less where the post also teaches, is about the author's own illness, or is long. Sums
of weights cannot say 'unless'; trees can. Each tree asks the same few questions of every post (is this sum over that border?), so
that all trees are answered in one sweep, and adds whole numbers: the same answer on any machine. Trained, with CatBoost, on
sums of posts that the weights had not seen (scripts/train_reader.py).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from math import log1p

import numpy as np
from numpy.typing import NDArray

AUDIENCES = ("public", "followers", "closed_group", "direct")


@dataclass(frozen=True, eq=False)
class Trees:
    """`feature` and `border` (trees x questions): which input each question asks, and over what it must be.

    `leaves` (trees x answers x heads, 16-bit) hold what each tree adds, in steps of `scale`; `bias` (heads) is the start.
    """

    feature: NDArray[np.int16]
    border: NDArray[np.float32]
    leaves: NDArray[np.int16]
    scale: float
    bias: NDArray[np.float64]

    def weigh(self, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log-odds of each head (posts x heads) from the sums of each head and the circumstances (posts x inputs)."""
        # As they were trained: in single precision, with the first question as the lowest bit.
        single = inputs.astype(np.float32)
        features, borders, leaves, firsts = self._laid_out
        weighed = np.empty((len(single), len(self.bias)))
        for at, post in enumerate(single):
            answers = np.packbits(post.take(features) > borders, axis=0, bitorder="little")[0]
            added = leaves.take(firsts + answers, axis=0).sum(axis=0, dtype=np.int64)
            weighed[at] = added * self.scale + self.bias
        return weighed

    @cached_property
    def _laid_out(self) -> tuple[NDArray[np.intp], NDArray[np.float32], NDArray[np.int16], NDArray[np.intp]]:
        """Features and borders by question, the leaves of all trees one below the other, and where each tree's begin."""
        trees, answers, heads = self.leaves.shape
        if answers > 256:
            raise ValueError("a tree asks more than eight questions: its answer would not fit into a byte")
        return (
            np.ascontiguousarray(self.feature.T, dtype=np.intp),
            np.ascontiguousarray(self.border.T),
            np.ascontiguousarray(self.leaves.reshape(trees * answers, heads)),
            np.arange(trees) * answers,
        )


def circumstances(kinds: Collection[str], rules: int, length: int) -> list[float]:
    """What the trees know of a post beside the sums: its length in words, whom it is for, how much it states."""
    return [
        log1p(length),
        float("is_reply" in kinds),
        *(float(f"audience:{name}" in kinds) for name in AUDIENCES),
        float(len(kinds)),
        float(rules),
    ]
