"""`python -m governance work`: what comes round again and again, where the server itself does not do it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import OperationalError

from governance.cli.database import opened_engine
from governance.jobs.periodic import LOOKS_EVERY, run_due
from governance.kernel.errors import GovernanceError

STOPPED = 130


def register(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.description = (
        "Warns before a clock of a case runs out and escalates after. `python app.py` does this by itself; run this beside "
        "another WSGI server, as a service or, with --once, from cron. Several at a time do nothing twice."
    )
    parser.add_argument("--once", action="store_true", help="do what has come round, and end")


def run(options: argparse.Namespace, _application: Callable[..., Any]) -> int:
    """Go round until interrupted, or once: 0; 1 where the database cannot be used."""
    try:
        with opened_engine() as engine:
            while True:
                run_due(engine)
                if options.once:
                    return 0
                time.sleep(LOOKS_EVERY)
    except KeyboardInterrupt:
        return STOPPED
    except GovernanceError as error:
        print(error.message, file=sys.stderr)
    except OperationalError as error:
        print(f"The database cannot be used: {error.orig}", file=sys.stderr)
    return 1
