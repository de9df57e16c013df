"""`mail send`: send what waits in the outbox once, for a timer of the machine's own. The server does it by itself too."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from governance.cli.database import opened_engine
from governance.jobs.mail_delivery import deliver_waiting
from governance.kernel.errors import GovernanceError, SettingsError
from governance.kernel.mail_server import read_mail_server

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
        server = read_mail_server(os.environ)
        if server is None:
            raise SettingsError("Not sent: no mail server is set. Set GOVERNANCE_SMTP_HOST (see the README).")
        with opened_engine() as engine:
            became = deliver_waiting(engine, server)
    except GovernanceError as error:
        print(error.message, file=sys.stderr)
        return 2
    print(
        ", ".join(f"{became[state]} {words}" for state, words in SAID.items() if became[state])
        or "Nothing waits."
    )
    return 1 if became["failed"] else 0
