"""`python -m governance scoring-card --write|--check`: docs/scoring-card.md and the corpus's datasheet, from a fresh run."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from governance.guidance.loader import shipped_rulebook
from governance.guidance.rulebook import Rulebook
from governance.kernel.paths import ROOT
from governance.scoring.engine import score
from governance.scoring.evaluation.card import scoring_card
from governance.scoring.evaluation.corpus import CORPUS, SPLITS, CorpusError, files_of, lines, problems
from governance.scoring.evaluation.datasheet import datasheet
from governance.scoring.evaluation.figures import figures
from governance.scoring.evaluation.labelled import Judged, Said, labelled

CARD = ROOT / "docs" / "scoring-card.md"
FAILURES = ROOT / "docs" / "known-failures.md"
DATASHEET = CORPUS / "README.md"
AGREEMENT = CORPUS / "agreement.json"


def register(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", action="store_true", help="write both pages anew")
    what.add_argument("--check", action="store_true", help="say whether both pages still tell the truth")


def run(options: argparse.Namespace, _application: Callable[..., Any]) -> int:
    """0 when both pages are true (now), 1 when one is not, 2 when the corpus cannot be read."""
    rulebook = shipped_rulebook()
    try:
        _sound(rulebook)
        pages = {CARD: card_now(rulebook), DATASHEET: datasheet_now(rulebook)}
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    stale = [path for path, text in pages.items() if _written(path) != text]
    for path in stale:
        name = path.relative_to(ROOT)
        if options.write:
            path.write_text(pages[path], encoding="utf-8")
            print(f"{name} written.")
        else:
            print(f"{name} is out of date: run `python -m governance scoring-card --write`.", file=sys.stderr)
    if not stale:
        print("The scoring card and the datasheet are true.")
    return 1 if stale and options.check else 0


def _sound(rulebook: Rulebook) -> None:
    wrong = problems(rulebook)
    if wrong:
        raise CorpusError("\n".join([*wrong, "Put these lines of the corpus right first."]))


def tune_figures(rulebook: Rulebook) -> dict[str, Any]:
    """A fresh run on the tune split of the shipped corpus. Raises CorpusError."""
    posts = []
    for line in lines(files_of("tune")):
        post, truth = labelled(line.row, rulebook)
        posts.append(Judged(truth, Said.by(score(post, rulebook))))
    return figures(posts, list(rulebook.categories))


def card_now(rulebook: Rulebook) -> str:
    """What docs/scoring-card.md must say today. Raises CorpusError."""
    return scoring_card(
        tune_figures(rulebook),
        rulebook,
        topics=len(files_of("tune")),
        failures=FAILURES.read_text(encoding="utf-8"),
        agreement=_agreement(),
    )


def datasheet_now(rulebook: Rulebook) -> str:
    """What seed_data/corpus/README.md must say today. Raises CorpusError."""
    return datasheet({split: list(lines(files_of(split))) for split in SPLITS}, rulebook, _agreement())


def _written(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _agreement() -> dict[str, Any] | None:
    """The figures of the second, blind labelling: {"about": words, "posts": number, "figures": {words: number}}."""
    text = _written(AGREEMENT)
    if text is None:
        return None
    try:
        given = json.loads(text)
        known = {
            "about": str(given["about"]),
            "posts": int(given["posts"]),
            "figures": dict(given["figures"]),
        }
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"{AGREEMENT} must hold about, posts and figures: {error}") from error
    return known
