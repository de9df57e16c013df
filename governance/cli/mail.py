"""`mail send`: send what waits in the outbox once, for a timer of the machine's own. The server does it by itself too."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from governance.jobs.mail_delivery import deliver_waiting
from governance.kernel.database import make_engine
from governance.kernel.errors import GovernanceError
from governance.kernel.settings import Settings

SAID = {
    "sent": "sent",
    "waiting": "to be tried again",
    "failed": "given up (see the outbox)",
    "dropped": "no longer needed",
}


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of `mail`."""
    parser.add_argument("what", choices=["send"], help="send what waits in the outbox")


def run(_options: argparse.Namespace, _application: Any) -> int:
    """Send, and say how many. Exit status 1 where a mail was given up, 2 where no mail server is set."""
    try:
        settings = Settings.from_environ()
    except GovernanceError as error:
        print(error.message, file=sys.stderr)
        return 2
    if settings.mail is None:
        print(
            "Not sent: no mail server is set. Set GOVERNANCE_SMTP_HOST (see the README).",
            file=sys.stderr,
        )
        return 2
    became = deliver_waiting(make_engine(settings.database_url), settings.mail)
    print(
        ", ".join(f"{became[state]} {words}" for state, words in SAID.items() if became[state])
        or "Nothing waits."
    )
    return 1 if became["failed"] else 0
