"""`python -m governance evaluate FILE...`: how well the engine agrees with labelled posts, with an interval for every figure."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from governance.guidance.loader import load_rulebook, shipped_rulebook
from governance.guidance.rulebook import Rulebook, RulebookError
from governance.scoring.engine import compiled, engine_id, score
from governance.scoring.evaluation.corpus import SPLITS, CorpusError, files_of
from governance.scoring.evaluation.figures import figures
from governance.scoring.evaluation.labelled import Judged, LabelledError, Said, decoded, labelled, numbered
from governance.scoring.evaluation.report import report

BROKEN_LINES, NOT_STARTED = 1, 2
PATIENCE = 2.0  # seconds between two words of progress


@dataclass(frozen=True, slots=True)
class Block:
    """Files that are measured as one, and the name they go by."""

    name: str
    files: Sequence[Path]


def register(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "file", nargs="*", type=Path,
        help="labelled posts as JSON lines (text, categories, and severity, benefits, guards where known); a folder "
        "stands for its *.jsonl files, '-' for standard input",
    )  # fmt: skip
    parser.add_argument(
        "--split", choices=SPLITS, help="measure a split of the shipped corpus, all its topics as one"
    )
    parser.add_argument(
        "--rulebook", type=Path, metavar="FILE_OR_FOLDER",
        help="a rulebook folder, or one rule file laid over the shipped rulebook",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="one JSON object for each block, one a line")


def run(options: argparse.Namespace, _application: Callable[..., Any]) -> int:
    """Measure each block. 0 when every line was measured, 1 when a line could not be, 2 when nothing could start."""
    try:
        rulebook = load_rulebook(options.rulebook) if options.rulebook else shipped_rulebook()
        compiled(rulebook)
        blocks = _blocks(options)
    except RulebookError as error:
        print(f"The rulebook is refused:\n{error}", file=sys.stderr)
        return NOT_STARTED
    except (CorpusError, OSError) as error:
        print(error, file=sys.stderr)
        return NOT_STARTED
    meter, broken = Meter(rulebook), 0
    for block in blocks:
        posts, wrong = meter.block(block)
        broken += wrong
        measured = figures(posts, list(rulebook.categories))
        named = {"name": block.name, "unread": wrong, "engine": engine_id(), "rulebook": rulebook.id}
        if options.json:
            print(json.dumps(named | measured))
        else:
            print(f"{block.name}  (engine {engine_id()}, rulebook {rulebook.id})\n{report(measured)}\n")
    return BROKEN_LINES if broken else 0


def _blocks(options: argparse.Namespace) -> list[Block]:
    blocks = [Block(f"split {options.split}", files_of(options.split))] if options.split else []
    for path in options.file:
        files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not files:
            raise CorpusError(f"{path} holds no *.jsonl file: name a folder that does, or a file")
        if str(path) != "-" and not path.is_dir():
            path.open("rb").close()
        blocks += [Block(str(file), [file]) for file in files]
    if not blocks:
        raise CorpusError(
            f"Name a file of labelled posts, or a split of the corpus: --split {'|'.join(SPLITS)}"
        )
    return blocks


class Meter:
    """Scores labelled posts as they are read, and says now and then how far it is."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.done = 0
        self.spoken = time.monotonic()

    def block(self, block: Block) -> tuple[list[Judged], int]:
        """The judged posts of a block, and how many of its lines could not be read."""
        posts: list[Judged] = []
        wrong = 0
        ids: set[str] = set()
        for file in block.files:
            if str(file) == "-":
                wrong += self._read(sys.stdin.buffer, "standard input", posts, ids)
            else:
                with file.open("rb") as stream:
                    wrong += self._read(stream, str(file), posts, ids)
        return posts, wrong

    def _read(self, stream: BinaryIO, name: str, posts: list[Judged], ids: set[str]) -> int:
        wrong = 0
        for number, line in numbered(stream):
            try:
                posts.append(self._judged(line, ids))
            except LabelledError as error:
                wrong += 1
                print(f"{name}, line {number}: {error}", file=sys.stderr)
            self._progress()
        return wrong

    def _judged(self, line: bytes, ids: set[str]) -> Judged:
        given = decoded(line)
        name = json.dumps(given.get("id"))
        if name in ids and given.get("id") is not None:
            raise LabelledError(f"the id {name} stands on an earlier line: give each post its own")
        ids.add(name)
        post, truth = labelled(given, self.rulebook)
        return Judged(truth, Said.by(score(post, self.rulebook)))

    def _progress(self) -> None:
        self.done += 1
        if time.monotonic() - self.spoken > PATIENCE:
            self.spoken = time.monotonic()
            print(f"  {self.done:,} posts read ...", file=sys.stderr)
