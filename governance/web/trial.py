"""What a page shows of rules that are tried: their problems, their examples, the corpus, and colleagues' posts in numbers.

Examples are texts of the corpus, which nobody wrote about anybody; of colleagues' posts there are counts alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from governance.guidance.loader import shipped_rulebook
from governance.guidance.overlay import lay_over
from governance.guidance.rulebook import Rulebook, RulebookError
from governance.insight.backtest import Preview, preview
from governance.rulebooks.in_use import rulebook_in_use
from governance.scoring.comparison import Effect
from governance.scoring.evaluation.corpus import CorpusError
from governance.scoring.trial import check, corpus, on_corpus

EXAMPLES = 5
_SHORT = 140  # characters

KIND_WORDS = {
    "new": "It begins to speak",
    "changed": "It speaks otherwise",
    "stopped": "It no longer speaks",
    "measured": "In shadow: measured as if it spoke",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """One rule on the corpus, with a few texts for each way it differs, and beside it what it does to stored posts."""

    effect: Effect
    kind: str
    newly: tuple[str, ...]
    silent: tuple[str, ...]
    stored: Preview


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything found. With `problems` there is nothing else. `corpus_posts` is how many posts it was tried on."""

    problems: tuple[str, ...] = ()
    rulebook: str = ""
    tried: tuple[Tried, ...] = ()
    corpus_posts: int = 0


def try_rules(session: Session, toml: str) -> Trial:
    """Try the text of a version against the rulebook in use. Stores nothing."""
    try:
        candidate = lay_over(shipped_rulebook(), toml, file="your rules", name="draft")
        check(shipped_rulebook(), candidate)
        return _measured(session, rulebook_in_use(session), candidate)
    except RulebookError as error:
        return Trial(tuple(error.problems))
    except CorpusError as error:
        return Trial((f"The corpus cannot be read, so nothing was measured: {error}",))


def _measured(session: Session, in_use: Rulebook, candidate: Rulebook) -> Trial:
    effects = on_corpus(in_use, candidate)
    stored = {one.change.rule.id: one for one in preview(session, in_use, candidate)}
    tried = tuple(
        Tried(
            effect,
            KIND_WORDS[effect.change.kind],
            _texts(effect.newly),
            _texts(effect.silent),
            stored[effect.change.rule.id],
        )
        for effect in effects
    )
    return Trial((), candidate.id, tried, len(corpus()))


def _texts(names: list[str]) -> tuple[str, ...]:
    texts = (" ".join(str(corpus()[name]["text"]).split()) for name in names[:EXAMPLES])
    return tuple(text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…" for text in texts)
