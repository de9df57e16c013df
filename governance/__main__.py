"""The command line: `python -m governance COMMAND`. Loads only the command that is asked for.

A command is a module of cli/ with `register(parser)` and `run(options, application) -> exit status`; it is listed in
COMMANDS. `application` makes the web application from settings; the door cli/ may not import it, so it is handed over here.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from typing import Any

# Name on the command line: module, and one line of help.
COMMANDS = {
    "score": ("governance.cli.score", "score posts given as JSON lines"),
    "evaluate": ("governance.cli.evaluate", "measure the engine on labelled posts"),
    "scoring-card": (
        "governance.cli.scoring_card",
        "write or check the scoring card and the corpus's datasheet",
    ),
    "casework": ("governance.cli.casework", "write or check the page of stages and acts"),
    "guidance": ("governance.cli.guidance", "check the rulebook"),
    "seed": ("governance.cli.seed", "put the demo organisation into an empty database (demo mode only)"),
    "import": ("governance.cli.import_posts", "read the posts of an export for a registered account"),
    "equality": (
        "governance.cli.equality",
        "supply grade, place of qualification and ethnicity for the fairness figures",
    ),
    "mail": ("governance.cli.mail", "send what waits in the outbox"),
    "work": ("governance.cli.work", "do what comes round: warn of clocks that run out"),
    "person": ("governance.cli.person", "add a person who signs in"),
    "token": ("governance.cli.token", "make, list and revoke tokens for the API"),
}


def application(*arguments: Any, **keywords: Any) -> Any:
    """The application factory, imported when it is first called."""
    return importlib.import_module("governance.application").create_app(*arguments, **keywords)


def main(arguments: list[str]) -> int:
    """Run one command and answer its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m governance", description="Social media governance, from the terminal."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    asked = next((word for word in arguments if not word.startswith("-")), None)
    for name, (module, help_line) in COMMANDS.items():
        command = commands.add_parser(name, help=help_line)
        if name == asked:
            importlib.import_module(module).register(command)
    options = parser.parse_args(arguments)
    status: int = importlib.import_module(COMMANDS[options.command][0]).run(options, application)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
