"""`equality FILE`: supply grade, place of qualification and ethnicity for the fairness figures, in place of what was there."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

from governance.cli.database import opened_engine
from governance.kernel.database import writing_session
from governance.kernel.errors import GovernanceError
from governance.workflow.supply_equality import supply_equality


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of `equality`."""
    parser.add_argument(
        "file", type=Path, help="a CSV with the columns email, grade, qualified_in, ethnicity"
    )


def run(options: argparse.Namespace, _application: Any) -> int:
    """0 when the file is in, 2 when not, with the reason; then nothing is changed."""
    try:
        content = options.file.read_bytes()
        with opened_engine() as engine, writing_session(engine) as session:
            supply = supply_equality(session, None, content=content)
            said = f"{supply.people} people, {supply.unknown} addresses of nobody here."
            session.commit()
    except GovernanceError as error:
        print(error.message, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{options.file} cannot be read: {error.strerror}.", file=sys.stderr)
        return 2
    except OperationalError as error:
        print(f"The database cannot be used: {error.orig}", file=sys.stderr)
        return 2
    print(said)
    return 0
