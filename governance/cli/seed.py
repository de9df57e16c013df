"""`python -m governance seed`: the demo organisation, in demo mode only, in a database that holds nobody yet."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_security import hash_password
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from governance.cli.seeding.demo_files import PASSWORD, demo_sign_ins
from governance.cli.seeding.play import Seeded, has_people, play
from governance.entrance.models import User
from governance.kernel.errors import Conflict, GovernanceError
from governance.kernel.migrations import upgrade
from governance.kernel.settings import Settings
from governance.people.roles import ROLE_TITLES, RoleName

REFUSED = 2


def register(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--details", action="store_true", help="name everything that did not go as seed_data/demo tells it"
    )


def run(options: argparse.Namespace, application: Callable[..., Any]) -> int:
    """Seed and print the sign-ins: 0; 2 where it is refused, with what to do on standard error."""
    try:
        settings = Settings.from_environ()
        if not settings.demo:
            raise Conflict(
                "Seeding is for the demo only. Set GOVERNANCE_DEMO=1 if this is a database to try things with; never do it "
                "with the data of real people."
            )
        app: Flask = application(settings)
        seeded = seed(app, settings)
    except GovernanceError as error:
        print(error.message, file=sys.stderr)
        return REFUSED
    say_what_is_here(seeded)
    say_what_went_otherwise(seeded, details=options.details)
    print_sign_ins()
    return 0


def seed(app: Flask, settings: Settings) -> Seeded:
    """Bring the database up to date and play the demo into it, saying how far it is.

    One transaction: a run that is killed leaves the database as empty as it was, and the next run starts over. Raises
    Conflict where there are people already or another program keeps the database to itself.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url)
    engine: Engine = app.extensions["database"]
    with app.app_context():
        hashed = hash_password(PASSWORD)  # once: a sixth of a second, and everybody has the same
    try:
        return play(engine, hashed, lambda line: print(line, flush=True))
    except OperationalError as error:
        raise Conflict(
            f"The database cannot be written just now: {error.orig}. Is Probity running on it? Stop it, and try again."
        ) from error


def is_empty(engine: Engine) -> bool:
    """Whether nobody is in the database yet: then the demo may be seeded."""
    with Session(engine) as session:
        return has_people(session) == 0


def demo_is_here(engine: Engine) -> bool:
    """Whether the people of the demo sign-ins are in the database."""
    emails = {one.email for one in demo_sign_ins()}
    with Session(engine) as session:
        return emails <= set(session.scalars(select(User.email).where(User.email.in_(emails))))


def say_what_is_here(seeded: Seeded) -> None:
    """What the run left, in one line."""
    of = seeded.counts
    print(
        f"Seeded in {seeded.seconds:.0f} s: {of['people']} people, {of['accounts']} accounts, {of['posts']} posts and drafts, "
        f"{of['cases']} cases, {of['audit entries']} audit entries."
    )


def say_what_went_otherwise(seeded: Seeded, *, details: bool) -> None:
    """How many things did not go as the files tell it: for whoever works on the rules or the files."""
    for kind, count in sorted(seeded.shortfalls.items()):
        print(f"  {kind}: {count}")
    if details:
        print("\n".join(f"    {line}" for line in sorted(seeded.told)))
    elif seeded.shortfalls:
        print("  (with --details each of them is named)")


def print_sign_ins() -> None:
    """One address for each role, and the password they share."""
    rows = demo_sign_ins()
    width = max(len(row.email) for row in rows)
    print(f"\nSign in with one of these addresses and the password {PASSWORD}\n")
    for row in rows:
        print(f"  {row.email:{width}}  {ROLE_TITLES[RoleName(row.role)]}: {row.who}")
    print(flush=True)
