"""`python -m governance token`: bearer tokens for the API. A token is printed once and kept only as its SHA-256."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.cli.database import opened_engine
from governance.entrance.models import ApiToken
from governance.entrance.tokens import SCOPES, digest, new_token
from governance.kernel import clock
from governance.kernel.database import writing_session
from governance.kernel.errors import GovernanceError, Invalid, Missing
from governance.kernel.text import required
from governance.people.queries import person_by_email

USUAL_DAYS = 90
MOST_DAYS = 3650


def register(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    create = actions.add_parser("create", help="make a token and print it, once")
    create.add_argument(
        "--person", required=True, metavar="EMAIL", help="whose rights it carries, narrowed by its scopes"
    )
    create.add_argument(
        "--scope", action="append", required=True, choices=SCOPES, metavar="SCOPE",
        help=f"one of {', '.join(SCOPES)}; may be repeated",
    )  # fmt: skip
    create.add_argument(
        "--expires", type=int, default=USUAL_DAYS, metavar="DAYS", help=f"days until it ends ({USUAL_DAYS})"
    )
    create.add_argument("--name", default="API token", help="what it is for")
    listing = actions.add_parser("list", help="list a person's tokens, without the tokens themselves")
    listing.add_argument("--person", required=True, metavar="EMAIL")
    revoke = actions.add_parser("revoke", help="end a token now")
    revoke.add_argument("id", type=int, metavar="ID", help="its number in the list")


def run(options: argparse.Namespace, _application: Callable[..., Any]) -> int:
    """0 when it is done, 2 when it cannot be, with the reason."""
    actions = {"create": _create, "list": _list, "revoke": _revoke}
    try:
        with opened_engine() as engine, writing_session(engine) as session:
            actions[options.action](session, options)
            session.commit()
    except GovernanceError as error:
        print(error, file=sys.stderr)
        return 2
    except OperationalError as error:
        print(f"The database cannot be used: {error.orig}", file=sys.stderr)
        return 2
    return 0


def _create(session: Session, options: argparse.Namespace) -> None:
    if not 0 < options.expires <= MOST_DAYS:
        raise Invalid(f"--expires must be from 1 to {MOST_DAYS} days.")
    person = person_by_email(session, options.person)
    if person is None or not person.active:
        raise Missing(f"Nobody active here has the e-mail address {options.person}.")
    secret = new_token()
    now = clock.now()
    scopes = " ".join(sorted(set(options.scope)))
    token = ApiToken(
        digest=digest(secret),
        name=required(options.name, "name", "The name of the token", 100),
        scopes=scopes,
        person=person,
        created_at=now,
        expires_at=now + timedelta(days=options.expires),
    )
    session.add(token)
    session.flush()
    record(session, Event.TOKEN_CREATED, token.id, None, person_id=person.id, scopes=scopes)
    print(
        f"Token {token.id} for {person.name} with {scopes}, until {clock.local_date(token.expires_at)}. "  # type: ignore[arg-type]
        "It is shown this once; keep it as you would a password:",
        file=sys.stderr,
    )
    print(secret)


def _list(session: Session, options: argparse.Namespace) -> None:
    person = person_by_email(session, options.person)
    if person is None:
        raise Missing(f"Nobody here has the e-mail address {options.person}.")
    tokens = session.scalars(
        select(ApiToken).where(ApiToken.person_id == person.id).order_by(ApiToken.id)
    ).all()
    if not tokens:
        print(f"{person.name} has no tokens.")
    for token in tokens:
        print(f"{token.id}\t{token.name}\t{token.scopes}\t{_state(token)}")


def _state(token: ApiToken) -> str:
    if token.revoked_at is not None:
        return f"revoked {clock.local_date(token.revoked_at)}"
    if token.expires_at is None:
        return "does not end"
    ended = token.expires_at <= clock.now()
    return f"{'ended' if ended else 'until'} {clock.local_date(token.expires_at)}"


def _revoke(session: Session, options: argparse.Namespace) -> None:
    token = session.get(ApiToken, options.id)
    if token is None:
        raise Missing(f"There is no token {options.id}. `token list --person EMAIL` shows a person's tokens.")
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        session.flush()
        record(session, Event.TOKEN_REVOKED, token.id, None, person_id=token.person_id)
    print(f"Token {token.id} is revoked.")
