"""`python -m governance guidance check|backtest`: the rules' own examples, and what changed rules would do on stored posts."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from governance.guidance.loader import load_rulebook, shipped_rulebook
from governance.guidance.rulebook import Rulebook, RulebookError
from governance.scoring.engine import engine_id
from governance.scoring.examples import failures


def register(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="check the rulebook and run every rule's own examples")
    check.add_argument(
        "--rulebook", type=Path, metavar="FILE_OR_FOLDER",
        help="a rulebook folder, or one rule file laid over the shipped rulebook",
    )  # fmt: skip
    tried = actions.add_parser("backtest", help="try changed or shadow rules on the stored posts")
    tried.add_argument(
        "rulefile", type=Path, metavar="RULEFILE",
        help="rules laid over the rulebook in use (they may change rules that are there), or a whole rulebook folder",
    )  # fmt: skip
    tried.add_argument(
        "--since", type=date.fromisoformat, required=True, metavar="DATE",
        help="the first day of the posts to try them on, such as 2026-03-01",
    )  # fmt: skip


def run(options: argparse.Namespace, _application: Callable[..., Any]) -> int:
    """The status of the action: 0 when all is well."""
    if options.action == "check":
        return _check(options)
    from governance.cli.backtest import run as run_backtest  # the database is opened for this action alone

    return run_backtest(options.rulefile, options.since)


def _check(options: argparse.Namespace) -> int:
    """0 when all is well, 1 when something is not: one line each, with file, rule and reason."""
    try:
        rulebook = load_rulebook(options.rulebook) if options.rulebook else shipped_rulebook()
        problems = failures(rulebook)
    except RulebookError as error:
        problems, rulebook = error.problems, None
    if problems or rulebook is None:
        print("\n".join(problems), file=sys.stderr)
        print(f"{len(problems)} problem{'' if len(problems) == 1 else 's'} in the rulebook.", file=sys.stderr)
        return 1
    _report(rulebook)
    return 0


def _report(rulebook: Rulebook) -> None:
    rules = list(rulebook.rules.values())
    examples = sum(len(rule.fires) + len(rule.silent) for rule in rules)
    print(
        f"Rulebook {rulebook.id}, engine {engine_id()}: {len(rules)} rules, {examples} examples, all as they say."
    )
    for serves, count in sorted(Counter(f"{rule.sort} {rule.serves}" for rule in rules).items()):
        print(f"  {serves:44} {count:3}")
