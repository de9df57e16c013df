"""An import run: started for one file and one account, read in chunks, continued where it was stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.accounts.addresses import handle_key
from governance.accounts.models import SocialAccount
from governance.accounts.platforms import PLATFORMS
from governance.accounts.policy import LIVE
from governance.audit.events import Event
from governance.audit.record import record
from governance.guidance.rulebook import Rulebook
from governance.intake.models import ImportRun
from governance.intake.record import Entry, Reading
from governance.kernel import clock
from governance.kernel.errors import Refused
from governance.people.models import Person
from governance.people.queries import first_acknowledged_at, has_acknowledged_current
from governance.posts.timeline import Timeline
from governance.workflow.import_post import Imported, import_posts
from governance.workflow.sifting import ImportOrder, known_posts, sift

CHUNK = 200  # entries to a transaction: a stop loses at most this much work
MOST_LISTED = 1_000  # unreadable entries that are kept with the run; all are counted, and said while reading


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, after a chunk that is about to be committed."""

    read: int
    added: int
    unreadable: tuple[Entry, ...]


def why_not(session: Session, account: SocialAccount, reading: Reading, *, open_cases: bool) -> str | None:
    """Why this file may not be imported for this account, in words for whoever asked; None where it may."""
    owner = account.owner
    if account.state not in LIVE:
        return f"The account {account.handle} is {account.state}: posts are imported for pending and verified accounts only."
    if not has_acknowledged_current(session, owner.id):
        return (
            f"{owner.name} has not acknowledged the monitoring notice that stands now, so nothing is imported for them. "
            "Ask them to sign in and read it."
        )
    if reading.platform is not None and reading.platform != account.platform:
        return (
            f"The file is an archive of {PLATFORMS[reading.platform]}, and the account is on {PLATFORMS[account.platform]}. "
            "Give the id of the account that the archive belongs to."
        )
    if open_cases and not belongs(account, reading):
        return (
            f"The archive says it belongs to @{reading.owner}, and the account is {account.handle}. No case is opened on "
            "words that may be somebody else's: check the account, or import without --open-cases."
        )
    return None


def belongs(account: SocialAccount, reading: Reading) -> bool:
    """Whether the export names the account's own handle, or names none."""
    return reading.owner is None or handle_key(account.platform, reading.owner) == account.handle_key


def start_import(
    session: Session,
    actor: Person | None,
    *,
    account: SocialAccount,
    reading: Reading,
    file_name: str,
    open_cases: bool,
) -> ImportRun:
    """The run for this file and account: a new one, the one that was stopped half-way, or a finished one begun again.

    A stopped run goes on after what it has committed, unless it is now asked to open cases and was not before. Raises
    Refused for an account that nothing may be imported for.
    """
    if reason := why_not(session, account, reading, open_cases=open_cases):
        raise Refused(reason)
    run = session.scalar(
        select(ImportRun).where(ImportRun.account_id == account.id, ImportRun.sha256 == reading.sha256)
    )
    if run is None:
        run = ImportRun(account=account, sha256=reading.sha256, added=0, changed=0, cases=0)
        session.add(run)
    if run.state != "running" or (open_cases and not run.open_cases):
        _from_the_start(run)
    run.file_name, run.reader, run.open_cases = file_name[-300:], reading.reader, open_cases
    session.flush()
    record(
        session,
        Event.IMPORT_STARTED,
        run.id,
        actor.id if actor else None,
        account_id=account.id,
        sha256=run.sha256,
    )
    return run


def _from_the_start(run: ImportRun) -> None:
    run.state, run.started_at, run.finished_at = "running", clock.now(), None
    run.done_lines = run.known = run.assumed_utc = run.unreadable_count = 0
    run.left_out, run.unreadable = {}, []


def read_into(
    session: Session,
    looking: Session,
    actor: Person | None,
    *,
    run: ImportRun,
    reading: Reading,
    rulebook: Rulebook,
) -> Iterator[Progress]:
    """Read what the run has not read yet. At each yield a chunk is whole in `session` and wants to be committed.

    `looking` is a session that only reads: what is known is looked up, and new posts are scored, before `session` begins
    to write. `session` must keep its objects over a commit (expire_on_commit=False).
    """
    owner = run.account.owner
    # Read now with the rest: later it would begin to write before the engine has read.
    _ = owner.department.name
    since = first_acknowledged_at(session, owner.id) if run.open_cases else None
    order = ImportOrder(run.id, run.account, actor, rulebook, since)
    yield Progress(run.done_lines, run.added, ())  # lets go of the write lock
    timeline = Timeline.of(looking, owner.id)
    looking.rollback()  # nothing is held open while the engine reads
    entries = islice(reading.entries(run.account), run.done_lines, None)
    while chunk := list(islice(entries, CHUNK)):
        posts = [entry.post for entry in chunk if entry.post is not None]
        known = known_posts(looking, run.account.id, (post.identity for post in posts))
        looking.rollback()
        sifted = sift(posts, known, order, timeline)
        done = import_posts(session, actor, order=order, sifted=sifted, timeline=timeline)
        unreadable = _account_for(run, chunk, done)
        session.flush()
        yield Progress(run.done_lines, run.added, unreadable)
    _finish(session, actor, run)
    yield Progress(run.done_lines, run.added, ())


def _account_for(run: ImportRun, chunk: Sequence[Entry], done: Imported) -> tuple[Entry, ...]:
    """Bring the run's figures up to date. The entries of this chunk that could not be read."""
    unreadable = tuple(entry for entry in chunk if entry.error is not None)
    run.done_lines += len(chunk)
    run.added += done.added
    run.changed += done.changed
    run.known += done.known
    run.cases += done.cases
    run.assumed_utc += sum(entry.assumed_utc for entry in chunk)
    run.unreadable_count += len(unreadable)
    if unreadable and len(run.unreadable) < MOST_LISTED:
        listed = [{"line": entry.line, "error": entry.error} for entry in unreadable]
        run.unreadable = [*run.unreadable, *listed][:MOST_LISTED]
    left_out = Counter(entry.left_out for entry in chunk if entry.left_out is not None)
    if left_out:
        run.left_out = {**run.left_out, **{why: run.left_out.get(why, 0) + n for why, n in left_out.items()}}
    return unreadable


def _finish(session: Session, actor: Person | None, run: ImportRun) -> None:
    """A run that met no post at all has failed: an empty success would hide a wrong file."""
    read_posts = run.done_lines - run.unreadable_count - sum(run.left_out.values())
    run.state, run.finished_at = ("done" if read_posts else "failed"), clock.now()
    session.flush()
    record(
        session,
        Event.IMPORT_FINISHED,
        run.id,
        actor.id if actor else None,
        added=run.added,
        changed=run.changed,
        known=run.known,
        unreadable=run.unreadable_count,
    )
