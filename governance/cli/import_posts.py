"""`python -m governance import FILE --account ID`: posts of an export, for a registered account."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.cli.database import opened_engine
from governance.intake.models import ImportRun
from governance.intake.recognise import recognise
from governance.intake.record import Reading
from governance.intake.run import Progress, belongs
from governance.jobs.queue import LEASE, LostLease, held_until
from governance.jobs.runner import run_job
from governance.jobs.tasks import ask_for_import
from governance.kernel import clock
from governance.kernel.database import writing_session
from governance.kernel.errors import GovernanceError, Missing
from governance.people.models import Person
from governance.people.queries import person_by_email

DONE, INCOMPLETE, NOT_STARTED, STOPPED = 0, 1, 2, 130
SAYS_EVERY = 2.0  # seconds between two lines of progress


def register(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.description = (
        "Reads JSON lines, CSV or an X archive (zip or folder) and scores every post. The same file again adds nothing, "
        "and one that was stopped goes on where it was. Exit status: 0 all read, 1 some lines could not be read or there "
        "were no posts, 2 nothing was started."
    )
    parser.add_argument("file", type=Path, help="the export: a file, or the folder of an X archive")
    parser.add_argument(
        "--account", type=int, required=True, metavar="ID", help="the registered account that it belongs to"
    )
    parser.add_argument(
        "--open-cases", action="store_true",
        help="open cases for posts that need a look, never for one older than the owner's acknowledgement of the notice",
    )  # fmt: skip
    parser.add_argument("--by", metavar="EMAIL", help="the person who imports, for the audit trail")


def run(options: argparse.Namespace, _application: Callable[..., Any]) -> int:
    """Import the file to its end."""
    try:
        reading = recognise(options.file)
        with opened_engine() as engine:
            run_id, job_id, before = _ask(engine, options, reading)
            return _do(engine, options.file.name, run_id, job_id, before)
    except (GovernanceError, LostLease) as error:
        print(error, file=sys.stderr)
    except OperationalError as error:
        print(f"The database cannot be used: {error.orig}", file=sys.stderr)
    except OSError as error:
        print(f"Cannot read {options.file}: {error.strerror or error}", file=sys.stderr)
    return NOT_STARTED


def _ask(
    engine: Engine, options: argparse.Namespace, reading: Reading
) -> tuple[int, int, tuple[int, int, int]]:
    """Start the run and ask for its job, in one transaction. The run's figures before it goes on."""
    with writing_session(engine) as session:
        account = session.get(SocialAccount, options.account)
        if account is None:
            raise Missing(
                f"There is no account {options.account}. The register shows each account's number in its address."
            )
        started, job = ask_for_import(
            session,
            _person(session, options.by),
            account=account,
            path=options.file,
            reading=reading,
            open_cases=options.open_cases,
        )
        if not belongs(account, reading):
            _say(
                f"Mind: the archive says it belongs to @{reading.owner}, and the account is {account.handle}."
            )
        if started.done_lines:
            _say(f"Going on after the first {started.done_lines:,}, which an earlier run has stored.")
        before = (started.added, started.changed, started.cases)
        ids = (started.id, job.id, before)
        session.commit()
    return ids


def _person(session: Session, email: str | None) -> Person | None:
    if email is None:
        return None
    person = person_by_email(session, email)
    if person is None:
        raise Missing(f"Nobody here has the e-mail address {email}.")
    return person


def _do(engine: Engine, name: str, run_id: int, job_id: int, before: tuple[int, int, int]) -> int:
    progress = _Progress()
    try:
        if not _run_when_free(engine, job_id, progress):
            _say("Another process is still reading this file for this account. Let it finish.")
            return NOT_STARTED
    except KeyboardInterrupt:
        _say("Stopped. What was read so far is stored; run the same command again to go on.")
        return STOPPED
    except GovernanceError as error:
        _say(error.message)
        return INCOMPLETE
    with Session(engine) as session:
        finished = session.get_one(ImportRun, run_id)
        return _report(name, finished, before)


def _run_when_free(engine: Engine, job_id: int, progress: _Progress) -> bool:
    """Do the job, waiting for the lease of a process that may have died. False where it is alive."""
    deadline = clock.now() + LEASE + timedelta(seconds=5)
    told = False
    while run_job(engine, job_id, progress) is None:
        with Session(engine) as session:
            until = held_until(session, job_id)
        if clock.now() > deadline:
            return False
        if not told:
            seconds = max(1, int((until - clock.now()).total_seconds())) if until else 1
            _say(f"Another process holds this import. If it has died, this goes on in {seconds} seconds ...")
            told = True
        time.sleep(1)
    return True


class _Progress:
    """Says how far it is, at most every two seconds, and each line that could not be read."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, step: Progress) -> None:
        for entry in step.unreadable:
            _say(f"Line {entry.line}: {entry.error}")
        if time.monotonic() - self._said >= SAYS_EVERY:
            self._said = time.monotonic()
            _say(f"... {step.read:,} read, {step.added:,} posts added")


def _report(name: str, finished: ImportRun, before: tuple[int, int, int]) -> int:
    if finished.state == "failed":
        left = f" ({_left_out(finished)})" if finished.left_out else ""
        if not finished.unreadable_count:
            _say(f"There are no posts in {name}{left}. Export it again, and choose your posts.")
            return INCOMPLETE
        _say(
            f"No post in {name} could be read: all {finished.unreadable_count:,} lines are named above{left}."
        )
        return INCOMPLETE
    added, changed, cases = (
        finished.added - before[0],
        finished.changed - before[1],
        finished.cases - before[2],
    )
    parts = [f"{added:,} posts added", f"{finished.known:,} known already"]
    parts += [f"{changed:,} changed since"] if changed else []
    parts += [f"{cases:,} cases opened"] if finished.open_cases else []
    parts += [f"{finished.unreadable_count:,} lines could not be read"] if finished.unreadable_count else []
    print(f"{name}: {', '.join(parts)}.")
    if finished.left_out:
        print(f"Left out: {_left_out(finished)}.")
    if finished.assumed_utc:
        print(f"{finished.assumed_utc:,} times said no time zone and were taken as UTC.")
    return INCOMPLETE if finished.unreadable_count else DONE


def _left_out(finished: ImportRun) -> str:
    return ", ".join(f"{count:,} {why}" for why, count in sorted(finished.left_out.items()))


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
