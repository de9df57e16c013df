"""Grows the trees of the learned reader, for train_reader.py: CatBoost's symmetrical trees as plain arrays."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoostClassifier

from governance.scoring.reader.trees import Trees

TREES = {"iterations": 400, "depth": 5, "learning_rate": 0.05, "l2_leaf_reg": 10, "random_seed": 1}


def inputs_of_trees(sums: Any, posts: list[Any]) -> Any:
    """Posts x inputs: the sums of each head, then the circumstances."""
    return np.hstack([sums, np.array([post.circumstances for post in posts])])


def grow(inputs: Any, table: Any) -> tuple[dict[str, Any], Trees]:
    """Trees that answer all heads at once, as arrays to be kept."""
    forest = CatBoostClassifier(
        loss_function="MultiLogloss", verbose=0, thread_count=1, allow_writing_files=False, **TREES
    ).fit(inputs, table.astype(int))
    with tempfile.TemporaryDirectory() as folder:
        forest.save_model(f"{folder}/trees.json", format="json")
        told = json.loads(Path(folder, "trees.json").read_text("utf-8"))
    factor, bias = told["scale_and_bias"]
    trees, heads = told["oblivious_trees"], table.shape[1]
    depth = max(len(tree["splits"]) for tree in trees)
    feature = np.zeros((len(trees), depth), np.int16)
    border = np.full((len(trees), depth), np.inf, np.float32)  # a shallow tree never says yes to the rest
    leaves = np.zeros((len(trees), 2**depth, heads))
    for at, tree in enumerate(trees):
        for place, split in enumerate(tree["splits"]):
            feature[at, place], border[at, place] = split["float_feature_index"], split["border"]
        values = np.array(tree["leaf_values"]).reshape(-1, heads) * factor
        leaves[at, : len(values)] = values
    scale = float(np.abs(leaves).max() / 32767)
    kept: dict[str, Any] = {
        "tree_feature": feature,
        "tree_border": border,
        "tree_leaves": np.round(leaves / scale).astype(np.int16),
        "tree_scale": np.float64(scale),
        "tree_bias": np.array(bias, np.float64),
    }
    grown = Trees(feature, border, kept["tree_leaves"], scale, kept["tree_bias"])
    told_so = forest.predict(inputs[:500], prediction_type="RawFormulaVal")
    if np.abs(grown.weigh(inputs[:500]) - told_so).max() > 0.01:
        sys.exit("The trees that are kept do not answer as those that were grown.")
    return kept, grown
