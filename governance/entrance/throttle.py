"""Slowing down who guesses: failures are counted in the database, by person and by address, and nobody is locked out."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from sqlalchemy import Engine, func, or_, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from governance.entrance.models import SignInAttempt
from governance.kernel import clock
from governance.kernel.database import writing_session

WINDOW = timedelta(minutes=15)
FAILURES_PER_PERSON_AND_ADDRESS = 5
FAILURES_PER_ADDRESS = 50  # a hospital's staff may share one address
FAILURES_PER_PERSON = 50  # high: a lock-out by strangers would itself be a denial of service


def keyed_hash(key: str, name: str) -> str:
    """Who tries, as a keyed hash of 64 hexadecimal digits: the table of attempts holds no address of a person."""
    whose = name.strip().lower().encode("utf-8", "surrogatepass")
    return hmac.new(key.encode(), whose, hashlib.sha256).hexdigest()


def stop_if_throttled(session: Session, email_hash: str, address: str) -> None:
    """Raise TooManyRequests, with the time to wait, where the failures of the last minutes are too many."""
    same_person, same_address = SignInAttempt.email_hash == email_hash, SignInAttempt.address == address
    both, per_address, per_person = session.execute(
        select(
            func.count().filter(same_person, same_address),
            func.count().filter(same_address),
            func.count().filter(same_person),
        ).where(
            or_(same_person, same_address),
            SignInAttempt.succeeded.is_(False),
            SignInAttempt.attempted_at > clock.now() - WINDOW,
        )
    ).one()
    if (
        both >= FAILURES_PER_PERSON_AND_ADDRESS
        or per_address >= FAILURES_PER_ADDRESS
        or per_person >= FAILURES_PER_PERSON
    ):
        seconds = int(WINDOW.total_seconds())
        raise TooManyRequests(
            "There were too many tries to sign in with something that did not fit. "
            f"Wait {seconds // 60} minutes, then try again.",
            retry_after=seconds,
        )


def note_attempt(engine: Engine, email_hash: str, address: str, *, succeeded: bool) -> None:
    """Keep one attempt, in a short transaction of its own that outlives the request's."""
    with writing_session(engine) as session:
        session.add(
            SignInAttempt(
                email_hash=email_hash, address=address, attempted_at=clock.now(), succeeded=succeeded
            )
        )
        session.commit()
