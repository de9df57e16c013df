"""`python -m governance person create`: the first people of a real organisation, with their way to sign in.

The password is asked for at a terminal, or read as the first line of standard input; it never stands in the command.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import Any

from flask_security import hash_password
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from governance.cli.database import opened_engine
from governance.entrance.models import User
from governance.kernel.database import writing_session
from governance.kernel.errors import GovernanceError, Invalid
from governance.kernel.settings import Settings
from governance.people.roles import RoleName
from governance.workflow.add_person import add_person

SHORTEST_PASSWORD = 12  # characters, as at the sign-in pages


def register(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    create = actions.add_parser("create", help="add a person who signs in")
    create.add_argument("--name", required=True)
    create.add_argument("--email", required=True)
    create.add_argument("--department", required=True, help="its name; made where there is none")
    create.add_argument(
        "--role",
        action="append",
        default=[],
        choices=list(RoleName),
        metavar="ROLE",
        help=f"one of {', '.join(RoleName)}; may be repeated; everyone is staff",
    )
    create.add_argument("--profession")
    create.add_argument("--role-title", help="the job, in words")
    create.add_argument("--line-manager", metavar="EMAIL", help="who must be here already")


def run(options: argparse.Namespace, application: Callable[..., Any]) -> int:
    """0 when the person is there, 2 when not, with the reason; then nothing is kept."""
    try:
        password = _password()
        with application(Settings.from_environ()).app_context():
            hashed = hash_password(password)  # slow on purpose: before the database is locked for writing
        with opened_engine() as engine, writing_session(engine) as session:
            said = _create(session, options, hashed)
            session.commit()
    except GovernanceError as error:
        print(error.message, file=sys.stderr)
        return 2
    except OperationalError as error:
        print(f"The database cannot be used: {error.orig}", file=sys.stderr)
        return 2
    print(said)
    return 0


def _create(session: Session, options: argparse.Namespace, hashed: str) -> str:
    person = add_person(
        session,
        None,
        name=options.name,
        email=options.email,
        department=options.department,
        roles=options.role,
        profession=options.profession,
        role_title=options.role_title,
        line_manager_email=options.line_manager,
    )
    session.add(User(person_id=person.id, email=person.email, password=hashed))
    session.flush()
    return (
        f"Added {person.name} ({person.email}) to {person.department.name}: {', '.join(person.role_titles)}."
    )


def _password() -> str:
    if sys.stdin.isatty():
        password = getpass.getpass("Password (12 characters or more; three random words work well): ")
        if getpass.getpass("The same again: ") != password:
            raise Invalid("The two passwords differ. Nothing was added.")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid(f"The password must have at least {SHORTEST_PASSWORD} characters. Nothing was added.")
    return password
