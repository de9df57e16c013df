"""The second step of a reading: small decision trees over the sums, for what a sum cannot say (this head, unless that one).

A word that speaks for a concern means less where the post also teaches, is about the author's own illness, or is long. Sums
of weights cannot say 'unless'; trees can. Each tree asks the same few questions of every post (is this sum over that border?), so
that all trees are answered in one sweep, and adds whole numbers: the same answer on any machine. Trained, with CatBoost, on
sums of posts that the weights had not seen (scripts/train_reader.py).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import log1p

import numpy as np
from numpy.typing import NDArray

AUDIENCES = ("public", "followers", "closed_group", "direct")


@dataclass(frozen=True, slots=True, eq=False)
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
        over = inputs.astype(np.float32)[:, self.feature] > self.border
        answers = over @ (1 << np.arange(self.feature.shape[1]))
        added = self.leaves[np.arange(len(self.feature)), answers]
        weighed: NDArray[np.float64] = added.sum(axis=1, dtype=np.int64) * self.scale + self.bias
        return weighed


def circumstances(kinds: Collection[str], rules: int, length: int) -> list[float]:
    """What the trees know of a post beside the sums: its length in words, whom it is for, how much it states."""
    return [
        log1p(length),
        float("is_reply" in kinds),
        *(float(f"audience:{name}" in kinds) for name in AUDIENCES),
        float(len(kinds)),
        float(rules),
    ]
