"""`python -m governance guidance backtest RULEFILE --since DATE`: what changed rules would do on the stored posts."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.cases.models import Case
from governance.cli.database import opened_engine
from governance.guidance.loader import load_rulebook
from governance.guidance.overlay import lay_over
from governance.guidance.rulebook import Rulebook, RulebookError
from governance.insight.backtest import backtest
from governance.insight.verdicts import DEFINITION
from governance.kernel.errors import GovernanceError
from governance.posts.models import Post
from governance.rulebooks.in_use import rulebook_in_use
from governance.scoring.comparison import Effect, Share
from governance.scoring.trial import check

REFUSED, NOT_STARTED = 1, 2
EXAMPLES = 5
_SHORT = 90  # characters of a post
_KINDS = {
    "new": "new",
    "changed": "changed",
    "measured": "in shadow, as if it spoke",
    "stopped": "no longer speaks",
}


def run(rulefile: Path, since: date) -> int:
    """0 when it was measured, 1 when the rules are refused, 2 when the database or file cannot be opened."""
    try:
        with opened_engine() as engine, Session(engine) as session:
            in_use = rulebook_in_use(session)
            candidate = _candidate(rulefile, in_use)
            effects = backtest(session, in_use, candidate, since)
            print(f"In use: {in_use.id}\nTried:  {candidate.id}\nOn the published posts since {since}.")
            _report(session, effects)
    except RulebookError as error:
        print("The rules are refused:\n" + "\n".join(error.problems), file=sys.stderr)
        return REFUSED
    except (GovernanceError, OSError, UnicodeDecodeError) as error:
        print(
            error.message if isinstance(error, GovernanceError) else f"{rulefile}: {error}",
            file=sys.stderr,
        )
        return NOT_STARTED
    return 0


def _candidate(path: Path, in_use: Rulebook) -> Rulebook:
    if path.is_dir():
        candidate = load_rulebook(path)
    else:
        text = path.read_text(encoding="utf-8")
        candidate = lay_over(in_use, text, file=path.name, name="tried", own=False)
    check(in_use, candidate)
    return candidate


def _report(session: Session, effects: list[Effect]) -> None:
    if not effects:
        print("No rule differs from the rulebook in use, and none is in shadow.")
        return
    print(DEFINITION)
    for effect in effects:
        print(f"\n{effect.change.rule.id} ({_KINDS[effect.change.kind]})")
        print(
            f"  speaks on {effect.speaks:,}; newly on {len(effect.newly):,}; falls silent on {len(effect.silent):,}"
        )
        print(f"  precision {_words(effect.precision)}; recall {_words(effect.recall)}")
        _examples(session, "newly", effect.newly)
        _examples(session, "silent", effect.silent)


def _words(share: Share) -> str:
    if share.value is None or share.interval is None:
        return "unknown (nothing decided)"
    low, high = share.interval
    return f"{share.value:.0%} ({share.hits} of {share.of}; {low:.0%} to {high:.0%})"


def _examples(session: Session, title: str, names: list[str]) -> None:
    for name in names[:EXAMPLES]:
        print(f"  {title}: post {name}{_gist(session, int(name))}")


def _gist(session: Session, post_id: int) -> str:
    """The first words of a post that reviewers read already; of any other the number alone, and of a guarded one."""
    post = session.get(Post, post_id)
    cases = session.scalars(select(Case).where(Case.post_id == post_id)).all()
    if post is None or not cases or any(case.guards or case.stage == "held" for case in cases):
        return ""
    words = " ".join(post.latest.text.split())
    return f" ({cases[-1].reference}): {words if len(words) <= _SHORT else words[: _SHORT - 1] + '…'}"
